using System.Text;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli;

/// <summary>Writes lines that may quote the repository: in a workflow's log none of them is a command.</summary>
internal sealed class SafeLines(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        inner.Write(EscapeWorkflowLog.Line(_line.ToString()));
        inner.Write('\n');
        _line.Clear();
    }

    public override void Flush()
    {
        inner.Write(EscapeWorkflowLog.Line(_line.ToString()));
        _line.Clear();
        inner.Flush();
    }
}
