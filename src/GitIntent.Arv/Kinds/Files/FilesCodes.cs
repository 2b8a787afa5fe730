using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Files;

/// <summary>What a <c>files</c> check can find.</summary>
internal static class FilesCodes
{
    public static readonly RuleInfo Missing = Error("ARV1001", "a required file is missing", "Add the file, or correct the path.");

    public static readonly RuleInfo Forbidden = Error("ARV1002", "a file is forbidden", "Remove or rename the file.");

    public static readonly RuleInfo BadName = Error("ARV1003", "a file name is not as expected", "Rename the file.");

    public static readonly RuleInfo BadCount = Error("ARV1004", "there are too few or too many files", "Add or remove files, or correct the patterns.");

    public static readonly RuleInfo Untracked = Error("ARV1005", "git does not track a file", "Add it with git add, and take it out of .gitignore where it is there.");

    public static readonly ImmutableArray<RuleInfo> All = [Missing, Forbidden, BadName, BadCount, Untracked];

    private static RuleInfo Error(string id, string message, string remedy) => new(id, Severity.Error, message) { Remedy = remedy };
}
