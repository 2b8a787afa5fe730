using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Cli;

/// <summary>A repository with its configuration, read.</summary>
/// <param name="Name">What the configuration is called in messages.</param>
internal sealed record LoadedPlan(string Root, DiskSource Source, string Name, ConfigDocument Document, Plan Plan);

/// <summary>Finds and reads the configuration of a repository.</summary>
internal static class PlanLoader
{
    /// <exception cref="CliException">There is no such file, or it has mistakes: all of them are in the message, a line each.</exception>
    public static LoadedPlan Load(string? rootArgument, string? configArgument, CliContext context)
    {
        var root = RootFinder.Find(rootArgument, context.CurrentDirectory);
        var source = Open(root);
        var errors = new ConfigErrors();
        var files = new ConfigFiles(path => Read(source, path, out _));
        var (name, bytes) = Open(root, source, configArgument, context, errors);
        var loader = new ConfigLoader(files, errors);
        var document = errors.Count > 0 ? null : bytes is null ? loader.LoadDefault() : loader.Load(name, bytes);
        var plan = document is null ? null : new PlanReader(files, errors).Read(document);
        return plan is null ? throw Mistakes(errors) : new LoadedPlan(root, source, name, document!, plan);
    }

    private static (string Name, byte[]? Bytes) Open(string root, DiskSource source, string? argument, CliContext context, ConfigErrors errors)
    {
        if (argument is not null)
        {
            var full = Path.GetFullPath(argument, context.CurrentDirectory);
            var relative = Path.GetRelativePath(root, full).Replace('\\', '/');
            var inside = RepositoryPath.IsInside(relative);
            var folder = Path.GetDirectoryName(full) ?? full;
            var bytes = inside ? Read(source, relative, out var reason)
                : Directory.Exists(folder) ? Read(Open(folder), Path.GetFileName(full), out reason)
                : Missing(out reason);
            var name = inside ? relative : argument;
            if (bytes is null && reason is null)
                throw new CliException(ExitCodes.NotFound, $"error: --config: there is no file \"{argument}\"");
            return Checked(name, bytes, reason, errors);
        }
        var found = Read(source, RootFinder.ConfigName, out var why);
        if (found is not null || why is not null)
            return Checked(RootFinder.ConfigName, found, why, errors);
        if (source.Find("arv.yaml") is not null)
            errors.Add("arv.yaml", new Mark(1, 1), "the configuration's name is arv.yml: rename it, or name it with --config");
        return ("preset:default", null);
    }

    private static DiskSource Open(string root)
    {
        try
        {
            return DiskSource.Open(root);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Machine, $"error: {root} cannot be read: {e.Message}");
        }
    }

    private static byte[]? Missing(out string? reason)
    {
        reason = null;
        return null;
    }

    private static (string Name, byte[]? Bytes) Checked(string name, byte[]? bytes, string? reason, ConfigErrors errors)
    {
        if (bytes is null)
            errors.Add(name, new Mark(1, 1), $"cannot be read: {(reason == LeftOutReasons.Unreadable ? "no permission, or a fault of the disk; make it readable" : reason)}");
        return (name, bytes);
    }

    /// <returns>Null with a reason when it is there and cannot be read, without one when it is not there.</returns>
    private static byte[]? Read(DiskSource source, string path, out string? reason)
    {
        reason = null;
        if (source.Find(path) is not { } entry)
            return null;
        if (entry.Type == EntryType.Link && entry.Target is not null && source.Find(entry.Target) is { } target)
            entry = target;
        if (entry.Type != EntryType.File)
        {
            reason = entry.Type == EntryType.Folder ? "it is a folder" : entry.Reason ?? "it is not a regular file";
            return null;
        }
        if (source.LengthOf(entry.Path) is var length && length > ConfigLoader.MaxBytes)
        {
            reason = $"it has {length} bytes; expected at most {ConfigLoader.MaxBytes}";
            return null;
        }
        var read = source.Read(entry.Path, CancellationToken.None);
        reason = read.Reason;
        return reason is null ? read.Bytes.ToArray() : null;
    }

    private static CliException Mistakes(ConfigErrors errors)
    {
        var lines = errors.All.Distinct()
            .OrderBy(static e => e.Source, StringComparer.Ordinal).ThenBy(static e => e.Mark.Line).ThenBy(static e => e.Mark.Column)
            .Select(static e => e.ToString());
        return new CliException(ExitCodes.Usage, string.Join('\n', lines));
    }
}
