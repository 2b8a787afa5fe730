using GitIntent.Arv.Documents;
using YamlDotNet.RepresentationModel;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>Nodes of a YAML text with their places, for tests of what reads nodes.</summary>
internal static class YamlNodes
{
    public static DocNode Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Convert(stream.Documents[0].RootNode);
    }

    private static DocNode Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new DocMap("arv.yml", Start(map), End(map), [.. map.Children.Select(c => new DocEntry(((YamlScalarNode)c.Key).Value!, "arv.yml", Start(c.Key), End(c.Key), Convert(c.Value)))]),
        YamlSequenceNode list => new DocList("arv.yml", Start(list), End(list), [.. list.Children.Select(Convert)]),
        _ => new DocScalar("arv.yml", Start(node), End(node), ((YamlScalarNode)node).Value ?? "", ScalarType.Text),
    };

    private static Mark Start(YamlNode node) => new((int)node.Start.Line, (int)node.Start.Column);

    private static Mark End(YamlNode node) => new((int)node.End.Line, (int)node.End.Column);
}
