using System.Globalization;
using System.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>Prints lines as the place they go to needs them. Lines are never wrapped: <c>path:line:column</c> has to stay one word.</summary>
internal sealed class ConsoleLines(TextWriter output, ConsoleOptions options)
{
    private const string Bold = "1";
    private const string Dim = "2";
    private const string Red = "31";
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Cyan = "36";

    private readonly StringBuilder _line = new();

    /// <summary>A line whose untrusted parts went through <see cref="EscapeTerminal"/>.</summary>
    public void Line(string line = "")
    {
        line = line.TrimEnd();
        output.Write(options.WorkflowLog ? EscapeWorkflowLog.Line(line) : line);
        output.Write('\n');
    }

    /// <summary><c>path:line:column: what</c>, of which there are thousands: none of them becomes a string.</summary>
    public void Place(string path, TextSpan span, string what, string rule, string message)
    {
        _line.Clear().Append(CultureInfo.InvariantCulture, $"{path}:{span.Line}:{span.Column}: {what} {rule}: {message}");
        if (options.WorkflowLog || message.Length == 0 || char.IsWhiteSpace(message[^1]))
        {
            Line(_line.ToString());
            return;
        }
        output.Write(_line);
        output.Write('\n');
    }

    public string Word(Verdict verdict, int width = 0)
    {
        var word = Phrases.Of(verdict).PadRight(width);
        return verdict switch
        {
            Verdict.Passed => Paint(Symbol("✓ ") + word, Green),
            Verdict.Failed => Paint(Symbol("✗ ") + word, Red),
            Verdict.Refused => Paint(Symbol("! ") + word, Yellow),
            _ => Paint(Symbol("- ") + word, Dim),
        };
    }

    public string Word(Severity severity) => Paint(Phrases.Of(severity), severity switch
    {
        Severity.Error => Red,
        Severity.Warning => Yellow,
        _ => Cyan,
    });

    public string Strong(string text) => Paint(text, Bold);

    public string Quiet(string text) => Paint(text, Dim);

    private string Symbol(string symbol) => options.Terminal ? symbol : "";

    private string Paint(string text, string colour) => options.Terminal && text.Length > 0 ? $"\x1b[{colour}m{text}\x1b[0m" : text;
}
