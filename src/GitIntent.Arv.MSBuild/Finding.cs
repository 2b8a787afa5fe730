using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace GitIntent.Arv.MSBuild;

/// <summary>Something to say in the build, at a place. Travels between projects as an item.</summary>
/// <param name="IsFixed">Whether no property of a project decides how much it weighs.</param>
internal sealed record Finding(string Code, bool IsError, bool IsFixed, string File, int Line, int Column, string? HelpLink, string Message)
{
    /// <summary>What the kind of all fixed findings is called; the kind of the others is their rule.</summary>
    public const string FixedKind = "-";

    public string Kind => IsFixed ? FixedKind : Code;

    public ITaskItem ToItem()
    {
        var item = new TaskItem(Escaped(Code));
        item.SetMetadata("ArvSeverity", IsError ? WarningPolicy.Error : WarningPolicy.Warning);
        item.SetMetadata("ArvKind", Kind);
        item.SetMetadata("ArvFile", Escaped(File));
        item.SetMetadata("ArvLine", Number(Line));
        item.SetMetadata("ArvColumn", Number(Column));
        item.SetMetadata("ArvHelp", Escaped(HelpLink ?? ""));
        item.SetMetadata("ArvMessage", Escaped(Message));
        return item;
    }

    public static Finding Of(ITaskItem item) => new(
        item.ItemSpec,
        item.GetMetadata("ArvSeverity") == WarningPolicy.Error,
        item.GetMetadata("ArvKind") == FixedKind,
        item.GetMetadata("ArvFile"),
        Number(item.GetMetadata("ArvLine")),
        Number(item.GetMetadata("ArvColumn")),
        item.GetMetadata("ArvHelp") is { Length: > 0 } help ? help : null,
        item.GetMetadata("ArvMessage"));

    /// <summary>An item's texts are unescaped when they are read.</summary>
    private static string Escaped(string text) => Words.Escape(text);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
