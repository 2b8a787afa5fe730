using System.Collections;
using Microsoft.Build.Framework;

namespace GitIntent.Arv.MSBuild;

/// <summary>
/// Asks for the run of the gates, from every project alike. The global properties of the run depend on what the gates depend on and on
/// nothing else of the project that asks (framework, configuration, what a reference adds), so the engine builds it once and answers the rest from its cache.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RunGatesOnce : Microsoft.Build.Utilities.Task
{
    [Required]
    public string Package { get; set; } = "";

    [Required]
    public string Tools { get; set; } = "";

    [Required]
    public string ProjectDirectory { get; set; } = "";

    public string? Native { get; set; }

    public string? DotNetHost { get; set; }

    public string? PackagesProps { get; set; }

    public string? SolutionDirectory { get; set; }

    public string? Root { get; set; }

    public string? Config { get; set; }

    public string? Only { get; set; }

    public string? Skip { get; set; }

    public string? Exec { get; set; }

    public string? ReportDirectory { get; set; }

    public string? TreatRefusedAs { get; set; }

    public string? TimeLimit { get; set; }

    public string? Hidden { get; set; }

    public string? AsErrors { get; set; }

    public string? NotAsErrors { get; set; }

    public string? AllAsErrors { get; set; }

    /// <summary>Whether nothing keeps the project from being packed.</summary>
    [Output]
    public bool Passed { get; set; }

    public override bool Execute()
    {
        // What is wrong was said where it was found, once: not in every project again.
        ((IBuildEngine7)BuildEngine).AllowFailureWithoutError = true;
        var key = Key();
        if (Build("Run", key) is not { } kinds)
            return false;
        Passed = true;
        var policy = new WarningPolicy(Hidden, AsErrors, NotAsErrors, AllAsErrors);
        foreach (var kind in kinds)
        {
            var asked = kind.ItemSpec == Finding.FixedKind
                ? Build("Fixed", key)
                : Build("Warnings", new Dictionary<string, string>(key) { ["ArvRule"] = kind.ItemSpec, ["ArvAs"] = policy.Of(kind.ItemSpec) });
            Passed &= asked is not null;
        }
        return Passed;
    }

    private Dictionary<string, string> Key() => new()
    {
        ["ArvRoot"] = RepositoryRoot.Find(Root, ProjectDirectory, PackagesProps, SolutionDirectory),
        ["ArvTools"] = Tools,
        ["ArvNative"] = Native ?? "",
        ["ArvDotNetHost"] = DotNetHost ?? "",
        ["ArvConfig"] = Config ?? "",
        ["ArvOnly"] = Words.Join(Only),
        ["ArvSkip"] = Words.Join(Skip),
        ["ArvExec"] = Exec ?? "",
        ["ArvReportDirectory"] = ReportDirectory ?? "",
        ["ArvTreatRefusedAs"] = TreatRefusedAs ?? "",
        ["ArvTimeLimit"] = TimeLimit ?? "",
    };

    /// <returns>What the target returned; null where it failed.</returns>
    private ITaskItem[]? Build(string target, Dictionary<string, string> properties)
    {
        var engine = (IBuildEngine6)BuildEngine;
        var others = engine.GetGlobalProperties().Keys.Where(name => !properties.ContainsKey(name)).ToList();
        var escaped = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties)
            escaped.Add(property.Key, Words.Escape(property.Value));
        var result = engine.BuildProjectFilesInParallel([Path.Combine(Package, "tasks", "arv.proj")], [target], [escaped], [others], [null], true);
        return result.Result && result.TargetOutputsPerProject[0].TryGetValue(target, out var items) ? items : null;
    }
}
