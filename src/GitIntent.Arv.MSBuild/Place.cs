namespace GitIntent.Arv.MSBuild;

/// <summary>Where findings are shown that are about no one line.</summary>
internal sealed record Place(string File, int Line = 1, int Column = 1)
{
    /// <summary>The configuration; where there is none, the folder, for a diagnostic without a place is not matched by GitHub.</summary>
    public static Place Of(string root, string config = "")
    {
        var path = Path.Combine(root, config.Length > 0 ? config : RepositoryRoot.ConfigName);
        return new Place(System.IO.File.Exists(path) ? path : root);
    }

    public Finding Error(int code, string message) => Say(code, message, isError: true);

    public Finding Say(int code, string message, bool isError) => new(HowItEnded.Diagnostic(code), isError, true, File, Line, Column, null, message);
}
