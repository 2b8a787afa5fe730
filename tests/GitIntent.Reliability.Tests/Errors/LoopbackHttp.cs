using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GitIntent.Reliability.Tests.Errors;

/// <summary>A server on the loopback that gives every connection the same answer.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    private LoopbackHttp(Func<Socket, CancellationToken, Task> answer)
    {
        _listener.Start();
        _loop = Serve(answer);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public static LoopbackHttp Status(int status) => Raw($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    public static LoopbackHttp Raw(string response) => new(async (socket, stop) =>
    {
        await socket.ReceiveAsync(new byte[4096], stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(response), stop);
        socket.Shutdown(SocketShutdown.Both);
    });

    public static LoopbackHttp Reset() => new(async (socket, stop) =>
    {
        await socket.ReceiveAsync(new byte[16], stop);
        socket.LingerState = new LingerOption(true, 0); // a close without linger sends RST
    });

    public static LoopbackHttp Silent() => new((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));

    public static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task Serve(Func<Socket, CancellationToken, Task> answer)
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                await answer(socket, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }
}
