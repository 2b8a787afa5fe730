namespace GitIntent.Arv.Tree;

/// <summary>Asks a query about paths. It remembers the last folder, because paths come in order; for one thread.</summary>
internal sealed class QueryMatcher(FileQuery query)
{
    private string? _folder;
    private int _include;
    private int _exclude;

    public bool Selects(string path)
    {
        var folder = path.AsSpan(0, Math.Max(0, path.LastIndexOf('/')));
        if (_folder is null || !folder.SequenceEqual(_folder))
        {
            _folder = folder.ToString();
            _include = query.Include.LastMatchOfFolder(_folder);
            _exclude = query.Exclude.LastMatchOfFolder(_folder);
        }
        return (query.Include.IsEmpty || query.Include.Matches(path, _include)) && !query.Exclude.Matches(path, _exclude);
    }

    /// <summary>Whether something below this folder could be selected; true when unsure.</summary>
    public bool CouldSelectBelow(string folder) =>
        (query.Include.IsEmpty || query.Include.CouldMatchBelow(folder)) && !query.Exclude.MatchesAllBelow(folder);
}
