using System.Net;
using System.Net.Sockets;

namespace GitIntent.Reliability.Tests.Errors;

/// <summary>Every exception here is thrown by the platform over a real socket.</summary>
public class NetworkFailures
{
    [Theory]
    [InlineData(400, ErrorCode.ValidationError)]
    [InlineData(401, ErrorCode.Unauthorized)]
    [InlineData(402, ErrorCode.QuotaExceeded)]
    [InlineData(403, ErrorCode.Forbidden)]
    [InlineData(404, ErrorCode.NotFound)]
    [InlineData(408, ErrorCode.Timeout)]
    [InlineData(409, ErrorCode.Conflict)]
    [InlineData(410, ErrorCode.NotFound)]
    [InlineData(422, ErrorCode.ValidationError)]
    [InlineData(429, ErrorCode.RateLimited)]
    [InlineData(500, ErrorCode.UpstreamError)]
    [InlineData(501, ErrorCode.ConfigurationError)]
    [InlineData(502, ErrorCode.UpstreamError)]
    [InlineData(503, ErrorCode.ServiceUnavailable)]
    [InlineData(504, ErrorCode.Timeout)]
    [InlineData(304, ErrorCode.InternalError)]
    public async Task A_status_is_classified_by_its_number(int status, ErrorCode code)
    {
        await using var server = LoopbackHttp.Status(status);
        using var http = new HttpClient();
        (await Provoke.By(async () => (await http.GetAsync(server.Url)).EnsureSuccessStatusCode())).ShouldBe(code);
    }

    [Fact]
    public async Task A_refused_connection_is_a_network_error()
    {
        using var http = new HttpClient();
        var url = new Uri($"http://127.0.0.1:{LoopbackHttp.ClosedPort()}/");
        var e = await Provoke.By(() => http.GetAsync(url));
        e.ShouldBeOfType<HttpRequestException>().ShouldBe(ErrorCode.NetworkError);
        e.InnerException.ShouldBeOfType<SocketException>().ShouldBe(ErrorCode.NetworkError);
    }

    [Fact]
    public async Task A_reset_connection_is_a_network_error()
    {
        await using var server = LoopbackHttp.Reset();
        using var http = new HttpClient();
        (await Provoke.By(() => http.GetAsync(server.Url))).ShouldBe(ErrorCode.NetworkError);
    }

    [Fact]
    public async Task A_body_that_ends_early_is_a_network_error()
    {
        await using var server = LoopbackHttp.Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
        using var http = new HttpClient();
        var e = await Provoke.By(() => http.GetStringAsync(server.Url));
        e.ShouldBe(ErrorCode.NetworkError);
        using var response = await http.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        (await Provoke.By(async () => await stream.CopyToAsync(Stream.Null))).ShouldBeOfType<HttpIOException>().ShouldBe(ErrorCode.NetworkError);
    }

    [Fact]
    public async Task An_answer_that_is_not_HTTP_is_an_upstream_error()
    {
        await using var server = LoopbackHttp.Raw("220 smtp ready\r\n\r\n");
        using var http = new HttpClient();
        (await Provoke.By(() => http.GetAsync(server.Url))).ShouldBe(ErrorCode.UpstreamError);
    }

    [Fact]
    public async Task A_client_whose_timeout_elapses_timed_out_and_was_not_cancelled()
    {
        await using var server = LoopbackHttp.Silent();
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(20) };
        var e = await Provoke.By(() => http.GetAsync(server.Url));
        e.ShouldBeAssignableTo<OperationCanceledException>();
        e.ShouldBe(ErrorCode.Timeout);
        ErrorTaxonomy.IsCancellation(e).ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_who_cancels_made_no_failure_and_nothing_to_retry()
    {
        await using var server = LoopbackHttp.Silent();
        using var http = new HttpClient();
        using var stop = new CancellationTokenSource();
        var call = http.GetAsync(server.Url, stop.Token);
        await stop.CancelAsync();
        var e = await Provoke.By(() => call);
        ErrorTaxonomy.IsCancellation(e).ShouldBeTrue();
        ErrorTaxonomy.IsRetryable(e).ShouldBeFalse();
        ErrorTaxonomy.ToExitCode(e).ShouldBe(130);
        ErrorTaxonomy.ToAuditEvent(e).Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_TLS_handshake_with_a_server_that_speaks_none_is_not_the_callers_fault()
    {
        await using var server = LoopbackHttp.Reset();
        using var http = new HttpClient();
        var e = await Provoke.By(() => http.GetAsync(new UriBuilder(server.Url) { Scheme = "https" }.Uri));
        e.ShouldBe(ErrorCode.NetworkError);
    }

    [Fact]
    public void A_port_in_use_is_a_conflict()
    {
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        first.Listen();
        using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Provoke.By(() => second.Bind(first.LocalEndPoint!)).ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public void An_address_that_is_not_ours_is_a_setting()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Provoke.By(() => socket.Bind(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0))).ShouldBe(ErrorCode.ConfigurationError);
    }

    [Fact]
    public async Task A_wrapper_that_we_do_not_know_is_classified_by_its_cause()
    {
        await using var server = LoopbackHttp.Status(503);
        using var http = new HttpClient();
        var cause = await Provoke.By(async () => (await http.GetAsync(server.Url)).EnsureSuccessStatusCode());
        new InvalidOperationException("The import did not work.", cause).ShouldBe(ErrorCode.ServiceUnavailable);
        new AggregateException(cause, new InvalidOperationException("no")).ShouldBe(ErrorCode.UnhandledError);
        new AggregateException(cause, cause).ShouldBe(ErrorCode.ServiceUnavailable);
    }
}
