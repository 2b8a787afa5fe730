using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>A pass of the rules of several checks over files: each file's rules are asked of the matcher together.</summary>
internal sealed class TextScan : IScan
{
    private readonly ImmutableArray<PartScan> _parts;
    private readonly IPatternMatcher _matcher;

    public TextScan(ImmutableArray<ScanPart> parts)
    {
        var patterns = new List<PreparedPattern>();
        // Parts that select the same share one list of paths.
        var paths = new Dictionary<Selection, ImmutableArray<string>>(ReferenceEqualityComparer.Instance);
        _parts = [.. parts.Select(part => new PartScan(part, patterns, PathsOf(part.Context.Inputs)))];
        _matcher = PatternMatchers.For(patterns);

        ImmutableArray<string> PathsOf(Selection inputs)
        {
            if (!paths.TryGetValue(inputs, out var found))
            {
                var all = new string[inputs.Files.Length];
                for (var i = 0; i < all.Length; i++)
                    all[i] = inputs.Files[i].Path;
                paths.Add(inputs, found = ImmutableCollectionsMarshal.AsImmutableArray(all));
            }
            return found;
        }
    }

    public IScanWorker NewWorker() => new TextScanWorker(_parts, _matcher.NewSearch(), new TextWindows());

    public CheckOutcome End(int part) => _parts[part].End();
}
