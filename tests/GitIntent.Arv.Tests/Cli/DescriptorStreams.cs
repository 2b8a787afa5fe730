using System.IO.Pipes;
using System.Runtime.InteropServices;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Processes.Linux;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Cli;

/// <summary>What is printed on Linux goes to the descriptor itself.</summary>
public sealed class DescriptorStreams
{
    private const int SetFlags = 4; // F_SETFL
    private const int NotOpen = 9; // EBADF

    /// <summary>Whoever shares the other end can make it so that it does not wait: ssh and node do.</summary>
    [LinuxFact]
    public async Task A_full_pipe_that_does_not_wait_is_waited_for()
    {
        using var reading = new AnonymousPipeServerStream(PipeDirection.In);
        Libc.Fcntl(Number(reading.ClientSafePipeHandle), SetFlags, Libc.NonBlocking).ShouldBe(0);
        var sent = new byte[1 << 20];
        Random.Shared.NextBytes(sent);

        var write = Task.Run(() =>
        {
            new DescriptorStream(Number(reading.ClientSafePipeHandle)).Write(sent);
            reading.DisposeLocalCopyOfClientHandle();
        });
        using var received = new MemoryStream();
        await reading.CopyToAsync(received);
        await write;

        received.ToArray().AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [LinuxFact]
    public void A_reader_that_has_gone_is_no_error()
    {
        using var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        writing.DisposeLocalCopyOfClientHandle();

        Should.NotThrow(() => new DescriptorStream(Number(writing.SafePipeHandle)).Write("text"u8));
    }

    [LinuxFact]
    public void One_that_cannot_be_written_is_an_error_with_the_number_of_the_system()
    {
        using var reading = new AnonymousPipeServerStream(PipeDirection.In);

        Should.Throw<IOException>(() => new DescriptorStream(Number(reading.SafePipeHandle)).Write("text"u8)).HResult.ShouldBe(NotOpen);
    }

    /// <summary>By the short way that nothing else goes.</summary>
    [LinuxFact]
    public async Task The_version_is_a_line()
    {
        using var folder = new TempFolder();
        (await Child.ShellAsync(folder.Path, "arv --version")).ShouldBe(new Tool.Result(0, ToolVersion.Current + "\n", ""));
        (await Child.ShellAsync(folder.Path, "arv --version >/dev/full")).ShouldSay(41, "error: cannot write to standard output: No space left");
    }

    /// <summary>No sequence that changes what its keys send, as .NET's console writes before the first byte.</summary>
    [ToolFact("script")]
    public async Task A_terminal_gets_what_is_printed_and_nothing_else()
    {
        using var folder = new TempFolder().Write("arv.yml", "version: 1\ngates: { layout: { checks: { readme: { files: { require: [README.md] } } } } }\n");

        var result = await Child.ShellAsync(folder.Path, """script -qec '"$ARV_HOST" "$ARV_DLL" list' /dev/null </dev/null""");

        result.Out.ReplaceLineEndings("\n").ShouldBe("layout    Layout\n  readme  files ARV1001\n");
    }

    private static int Number(SafeHandle handle) => (int)handle.DangerousGetHandle();
}
