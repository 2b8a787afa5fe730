using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>What a scan reads with, the system's own disk: half of a file is read, something happens to it, and the rest is read.</summary>
public sealed class FilesThatChangeWhileRead : IDisposable
{
    private readonly TempFolder _folder = new TempFolder().Write("src/a.txt", new string('a', 1000)).Write("src/b.txt", new string('b', 10));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Left_alone_a_file_is_whole() => Read(static _ => { }).ShouldBe((1000, null));

    [Fact]
    public void Grown_it_is_not_judged() => Read(static path => File.AppendAllText(path, "more")).Reason.ShouldBe(LeftOutReasons.Changed);

    [Fact]
    public void Truncated_it_is_not_judged() => Read(static path => File.WriteAllText(path, "a")).Reason.ShouldBe(LeftOutReasons.Changed);

    [Fact]
    public void Rewritten_in_its_length_it_is_not_judged() => Read(static path =>
    {
        // The system's clock for files goes on in steps of some milliseconds.
        for (var before = File.GetLastWriteTimeUtc(path); File.GetLastWriteTimeUtc(path) == before;)
            File.WriteAllText(path, new string('x', 1000));
    }).Reason.ShouldBe(LeftOutReasons.Changed);

    /// <summary>It is the old file that is read, and it is whole; or, where the system counts a lost name as a change, it is not judged.</summary>
    [Fact]
    public void Replaced_it_never_mixes_with_the_new_one()
    {
        var (length, reason) = Read(static path =>
        {
            File.WriteAllText(path + ".new", new string('y', 1000));
            File.Move(path + ".new", path, overwrite: true);
        });
        (reason is LeftOutReasons.Changed || length == 1000).ShouldBeTrue();
    }

    /// <summary>One opener reads many files: what happened to one is forgotten at the next.</summary>
    [Fact]
    public void The_next_file_is_judged_again()
    {
        using var opener = DiskSource.Open(_folder.Path).NewOpener();
        Read(opener, "src/a.txt", path => File.AppendAllText(path, "more")).Reason.ShouldBe(LeftOutReasons.Changed);
        Read(opener, "src/b.txt", static _ => { }).ShouldBe((10, null));
    }

    private (int Length, string? Reason) Read(Action<string> half)
    {
        using var opener = DiskSource.Open(_folder.Path).NewOpener();
        return Read(opener, "src/a.txt", half);
    }

    private (int Length, string? Reason) Read(IFileOpener opener, string path, Action<string> half)
    {
        var stream = opener.Open(path, CancellationToken.None).Stream.ShouldNotBeNull();
        var bytes = new byte[2000];
        var length = stream.Read(bytes.AsSpan(0, Math.Min(500, (int)stream.Length)));
        half(_folder.At(path));
        for (int read; (read = stream.Read(bytes.AsSpan(length))) > 0;)
            length += read;
        var text = Encoding.ASCII.GetString(bytes, 0, length);
        var reason = stream.Finish();
        if (reason is null)
            text.Distinct().Count().ShouldBe(1);
        return (length, reason);
    }
}
