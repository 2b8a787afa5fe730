using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>
/// A proxy that holds requests and answers against GitHub's own OpenAPI description (npm @octokit/openapi), and refuses what does not fit. It has
/// no memory; that has who stands behind it.
/// </summary>
internal sealed class Prism : IDisposable
{
    public const string Command = "@stoplight/prism-cli/dist/index.js";
    public const string Description = "@octokit/openapi/generated/api.github.com.json";

    /// <summary>The whole description takes 12 seconds to start with.</summary>
    private static readonly string[] Paths =
    [
        "/repos/{owner}/{repo}/check-runs", "/repos/{owner}/{repo}/check-runs/{check_run_id}", "/repos/{owner}/{repo}/commits/{ref}/check-runs",
        "/repos/{owner}/{repo}/issues/{issue_number}/comments", "/repos/{owner}/{repo}/issues/comments/{comment_id}", "/repos/{owner}/{repo}/git/commits/{commit_sha}",
        "/repos/{owner}/{repo}/compare/{basehead}", "/repos/{owner}/{repo}/pulls", "/user",
    ];

    private readonly TempFolder _folder = new();
    private readonly Process _process;

    public Prism(Uri upstream)
    {
        _folder.Write("api.json", Cut(JsonNode.Parse(File.ReadAllText(NodeModules.Find(Description)))!.AsObject()).ToJsonString());
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var number = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        Address = new Uri($"http://127.0.0.1:{number}/");
        _process = Process.Start(new ProcessStartInfo("node", [NodeModules.Find(Command), "proxy", "-h", "127.0.0.1", "-p", $"{number}", "--errors", _folder.At("api.json"), upstream.AbsoluteUri.TrimEnd('/')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var listens = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string?>();
        _process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        _process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data);
            if (line.Data is null || line.Data.Contains("is listening", StringComparison.Ordinal)) listens.TrySetResult(line.Data is not null);
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        listens.Task.GetAwaiter().GetResult().ShouldBeTrue($"Prism ended before it listened: {string.Join('\n', said.TakeLast(10))}");
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _folder.Dispose();
    }

    private static JsonObject Cut(JsonObject whole)
    {
        var paths = new JsonObject(whole["paths"]!.AsObject().Where(static p => Paths.Contains(p.Key)).Select(static p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        paths.Count.ShouldBe(Paths.Length);
        var components = new JsonObject();
        var left = new Stack<JsonNode>([paths]);
        while (left.TryPop(out var node))
        {
            foreach (var reference in References(node).ToList())
            {
                var (kind, name) = (reference.Split('/')[2], reference.Split('/')[3]);
                components[kind] ??= new JsonObject();
                if (components[kind]!.AsObject().ContainsKey(name)) continue;

                var found = whole["components"]![kind]![name]!.DeepClone();
                components[kind]![name] = found;
                left.Push(found);
            }
        }

        return new JsonObject { ["openapi"] = whole["openapi"]!.DeepClone(), ["info"] = whole["info"]!.DeepClone(), ["paths"] = paths, ["components"] = components };
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static m => m is { Key: "$ref", Value: JsonValue to } ? [to.ToString()] : References(m.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
