using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitIntent.Reliability.Tests.Errors;

public sealed class FileAndPlatformFailures : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rel").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_missing_file_is_not_found() => Provoke.By(() => File.ReadAllText(Path.Combine(_folder, "none"))).ShouldBe(ErrorCode.NotFound);

    [Fact]
    public void A_missing_folder_is_not_found() => Provoke.By(() => File.ReadAllText(Path.Combine(_folder, "none", "none"))).ShouldBe(ErrorCode.NotFound);

    [Fact]
    public void A_path_that_is_too_long_is_invalid() =>
        Provoke.By(() => File.WriteAllText(Path.Combine(_folder, new string('x', 300)), "")).ShouldBe(OperatingSystem.IsWindows() ? ErrorCode.NotFound : ErrorCode.ValidationError);

    [Fact]
    public void A_file_that_somebody_has_open_is_unavailable_for_now()
    {
        var path = Path.Combine(_folder, "busy");
        using var held = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Provoke.By(() => File.OpenWrite(path).Dispose()).ShouldBe(ErrorCode.ServiceUnavailable);
    }

    [Fact]
    public void A_file_that_exists_already_is_a_conflict()
    {
        var path = Path.Combine(_folder, "there");
        File.WriteAllText(path, "");
        Provoke.By(() => new FileStream(path, FileMode.CreateNew).Dispose()).ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public void A_full_disk_is_the_machines_fault()
    {
        if (File.Exists("/dev/full"))
            Provoke.By(() => File.WriteAllText("/dev/full", "x")).ShouldBe(ErrorCode.ConfigurationError);
    }

    [Fact]
    public void A_folder_opened_as_a_file_is_forbidden() => Provoke.By(() => File.OpenRead(_folder).Dispose()).ShouldBe(ErrorCode.Forbidden);

    [Fact]
    public void A_stream_that_ends_early_will_end_early_again() =>
        Provoke.By(() => new MemoryStream(new byte[3]).ReadExactly(new byte[4])).ShouldBe(ErrorCode.InternalError);

    [Fact]
    public async Task A_wait_that_elapses_is_a_timeout()
    {
        var never = new TaskCompletionSource();
        (await Provoke.By(() => never.Task.WaitAsync(TimeSpan.Zero))).ShouldBe(ErrorCode.Timeout);
    }

    [Fact]
    public void A_regex_that_runs_out_of_time_would_again() =>
        Provoke.By(() => new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1)).IsMatch(new string('a', 40) + "b")).ShouldBe(ErrorCode.InternalError);

    [Fact]
    public void Text_that_is_not_JSON_is_invalid() => Provoke.By(() => JsonDocument.Parse("{").Dispose()).ShouldBe(ErrorCode.ValidationError);

    [Fact]
    public void Anything_else_is_unhandled() => Provoke.By(() => ((object)1).ShouldBe("1")).ShouldBe(ErrorCode.UnhandledError);
}
