using GitIntent.Reliability.Tests.Processes;

namespace GitIntent.Reliability.Tests.BadInput;

/// <summary>Real file systems that do not take what a store writes, in a mount namespace of a child's own.</summary>
public sealed class BadDisks : IDisposable
{
    // $1 is the folder that is mounted over, $2 the runtime, $3 this assembly.
    private const string Full = "mount -t tmpfs -o size=1m tmpfs \"$1\" && exec \"$2\" exec \"$3\" full \"$1\"";
    private const string ReadOnly =
        "run() { \"$d\" exec \"$a\" \"$1\" \"$f/state.db\"; }; f=\"$1\" d=\"$2\" a=\"$3\"; mount -t tmpfs -o size=9m tmpfs \"$f\" && run keep && mount -o remount,ro \"$f\" && run read-only && mount -o remount,rw \"$f\" && run kept";

    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [NeedsFact("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt")]
    public async Task A_full_disk_is_one_typed_error_loses_nothing_and_is_got_over_when_there_is_room() =>
        await Mounted(Full);

    [NeedsFact("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt && mount -o remount,ro /mnt")]
    public async Task A_read_only_disk_is_one_typed_error_and_loses_nothing() =>
        await Mounted(ReadOnly);

    private async Task Mounted(string script)
    {
        var (exit, said, errors) = await Spawn.Run("unshare", "-rm", "sh", "-c", script, "sh", _folder, Spawn.Dotnet, Spawn.Assembly);
        exit.ShouldBe(0, said + errors);
    }
}
