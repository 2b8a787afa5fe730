using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Planning;

/// <summary>A check's modifiers, with its gate's as defaults: its own replaces the gate's, but maps of names merge.</summary>
internal sealed class Modifiers(DocMap gate, DocMap check)
{
    public DocNode? this[string key] => check[key] ?? gate[key];

    public DocMap? Map(string key) => this[key] as DocMap;

    public DocList? List(string key) => this[key] as DocList;

    public string? Text(string key) => (this[key] as DocScalar)?.Text;

    public DocMap? Merged(string key) =>
        gate[key] is DocMap a && check[key] is DocMap b ? ConfigMerge.Over(a, b) : Map(key);
}
