using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>A command with all its names filled in but <c>{out}</c>, which each attempt has for itself. Two that are equal run once.</summary>
internal sealed record PlannedCommand
{
    public const string OutName = "out";

    /// <summary>Stands for <c>{out}</c>; no argument can hold it.</summary>
    private const string OutMark = "\0out\0";

    public required ImmutableArray<string> Run { get; init; }

    /// <summary>Absolute, with links resolved.</summary>
    public required string Folder { get; init; }

    public required ImmutableArray<(string Name, string Value)> Env { get; init; }

    public required TimeSpan Timeout { get; init; }

    public bool NetworkOff { get; init; }

    public bool Unchanged { get; init; }

    /// <returns>The command, or why there is none.</returns>
    public static (PlannedCommand? Command, string? Refusal) Of(ExecBlock block, RunScope scope, Bindings bindings, TimeSpan timeout)
    {
        var values = bindings.Values.ToDictionary(StringComparer.Ordinal);
        values[OutName] = OutMark;
        var withOut = new Bindings(values.ToFrozenDictionary(StringComparer.Ordinal));
        var run = block.Run.Select(item => item.Expand(withOut)).ToImmutableArray();
        var env = block.Env.Select(pair => (pair.Name, pair.Value.Expand(withOut))).ToImmutableArray();
        if (bindings.Values.Values.Any(static value => value.Contains('\0', StringComparison.Ordinal)))
            return (null, "a value that the command is given holds a NUL character");
        var (folder, wrong) = WorkingFolder(block.Cwd?.Expand(bindings), scope.Root);
        return wrong is not null ? (null, wrong) : (new PlannedCommand
        {
            Run = run,
            Folder = folder!,
            Env = env,
            Timeout = timeout,
            NetworkOff = block.NetworkOff,
            Unchanged = block.Unchanged,
        }, null);
    }

    public static string FillOut(string text, string outFolder) => text.Replace(OutMark, outFolder, StringComparison.Ordinal);

    /// <summary>As it is shown to people: the same whatever the run's folder is called.</summary>
    public string Display()
    {
        var text = string.Join(' ', Run.Select(static item => FillOut(item, "{out}")).Select(static item => item.Length == 0 || item.Contains(' ', StringComparison.Ordinal) ? $"'{item}'" : item));
        text = text.ReplaceLineEndings(" ");
        return text.Length <= 160 ? text : text[..159] + "…";
    }

    /// <summary>The same for the same command and for no other: each part is written with its length.</summary>
    public string Key(bool unchanged)
    {
        var key = new StringBuilder("exec:");
        var parts = new[] { Folder, Timeout.Ticks.ToString(CultureInfo.InvariantCulture), NetworkOff ? "off" : "on", unchanged ? "unchanged" : "", Run.Length.ToString(CultureInfo.InvariantCulture) }
            .Concat(Run).Concat(Env.OrderBy(static pair => pair.Name, StringComparer.Ordinal).SelectMany(static pair => new[] { pair.Name, pair.Value }));
        foreach (var part in parts)
            key.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        return key.ToString();
    }

    private static (string? Folder, string? Refusal) WorkingFolder(string? cwd, string root)
    {
        if (cwd is null)
            return (root, null);
        if (OutPath.Leads(cwd) is { } wrong)
            return (null, $"cwd: \"{cwd}\" {wrong}");
        var path = Path.Combine(root, cwd);
        if (!Directory.Exists(path))
            return (null, $"cwd: there is no folder \"{cwd}\"");
        var real = RealPath.Of(path);
        return real is not null && RealPath.IsInside(root, real) ? (real, null) : (null, $"cwd: \"{cwd}\" is a link that leads out of the repository");
    }
}
