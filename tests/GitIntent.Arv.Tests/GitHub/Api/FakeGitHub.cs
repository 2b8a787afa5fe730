using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Tests.GitHub.Api;

internal sealed record FakeRequest(string Method, string Path, string Query, string? Token, string? ContentType, JsonNode? Body, TimeSpan At);

internal sealed record FakeAnswer(int Status, string Text, string Type = "application/json; charset=utf-8")
{
    public Dictionary<string, string> Headers { get; } = [];

    public static FakeAnswer Message(int status, string message) => new(status, new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest" }.ToJsonString());

    public FakeAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}

/// <summary>
/// The part of GitHub's API that publishing uses, with a memory: what was written can be read. It refuses what the real one refuses, the limits that
/// its OpenAPI description does not state among them. A test may put an answer of its own before it.
/// </summary>
internal sealed partial class FakeGitHub : IDisposable
{
    public const string Repository = "octo/app";
    public const string Token = "ghs_valid";
    public const string Bot = "github-actions[bot]";

    private readonly HttpListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<(string Method, string Path, Func<FakeRequest, FakeAnswer?> Answer)> _before = [];
    private readonly List<(string Method, string Path)> _lost = [];
    private int _lastId;

    public FakeGitHub()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/");
        port.Stop();
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public List<FakeRequest> Requests { get; } = [];

    /// <summary>Check runs, with their annotations as <c>annotations</c>.</summary>
    public List<JsonObject> Checks { get; } = [];

    public List<JsonObject> Comments { get; } = [];

    /// <summary>Commits by their name, with their parents.</summary>
    public Dictionary<string, string[]> Commits { get; } = [];

    /// <summary>The answers to comparisons, by <c>base...head</c>.</summary>
    public Dictionary<string, JsonObject> Comparisons { get; } = [];

    /// <summary>Open pull requests: number, the branch as <c>owner:branch</c>, its head.</summary>
    public List<(int Number, string Branch, string Head)> Pulls { get; } = [];

    /// <summary>Whose token it is; null: that of a workflow's job, which may not ask.</summary>
    public string? User { get; set; }

    /// <summary>When requests come in, by the clock of who sends them.</summary>
    public TimeProvider? Clock { get; set; }

    public IEnumerable<FakeRequest> Writes => Requests.Where(static r => r.Method is "POST" or "PATCH" or "DELETE" && r.Path != "/graphql");

    public void Reset()
    {
        lock (_lock)
        {
            Requests.Clear();
            Checks.Clear();
            Comments.Clear();
            Commits.Clear();
            Comparisons.Clear();
            Pulls.Clear();
            _before.Clear();
            _lost.Clear();
            (User, Clock) = (null, null);
        }
    }

    /// <summary>Answers requests of that method, to a path with that in it, until the answer is null once.</summary>
    public void Before(string method, string path, Func<FakeRequest, FakeAnswer?> answer) => _before.Add((method, path, answer));

    /// <summary>Answers the next requests so.</summary>
    public void Next(int times, string method, string path, Func<FakeAnswer> answer) => Before(method, path, _ => times-- > 0 ? answer() : null);

    /// <summary>Does what the next such request asks, and fails to say so.</summary>
    public void LoseAnswer(string method, string path) => _lost.Add((method, path));

    public JsonObject AddComment(string user, string body)
    {
        var comment = Shapes.Comment(++_lastId, user, body);
        Comments.Add(comment);
        return comment;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var text = await reader.ReadToEndAsync();
            FakeAnswer answer;
            lock (_lock)
                answer = Answer(context.Request, text);
            context.Response.StatusCode = answer.Status;
            foreach (var (header, value) in answer.Headers)
                context.Response.Headers[header] = value;
            if (answer.Status != 204)
            {
                context.Response.ContentType = answer.Type;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Text));
            }

            context.Response.Close();
        }
    }

    private FakeAnswer Answer(HttpListenerRequest raw, string text)
    {
        var authorization = raw.Headers["Authorization"];
        var request = new FakeRequest(raw.HttpMethod, Uri.UnescapeDataString(raw.Url!.AbsolutePath), Uri.UnescapeDataString(raw.Url.Query.Replace('+', ' ')),
            authorization?.Split(' ')[^1], raw.ContentType, text.Length == 0 ? null : JsonNode.Parse(text), TimeSpan.FromTicks(Clock?.GetTimestamp() ?? 0));
        Requests.Add(request);
        foreach (var (method, path, answer) in _before)
        {
            if (method == request.Method && request.Path.Contains(path, StringComparison.Ordinal) && answer(request) is { } own) return own;
        }

        if (request.Token != Token) return FakeAnswer.Message(401, "Bad credentials");
        if (request.Body is not null && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) return FakeAnswer.Message(415, "Unsupported Media Type");

        var done = Route(request) ?? FakeAnswer.Message(404, "Not Found");
        return _lost.RemoveAll(l => l.Method == request.Method && request.Path.Contains(l.Path, StringComparison.Ordinal)) > 0 ? FakeAnswer.Message(502, "Server Error") : done;
    }

    private FakeAnswer? Route(FakeRequest request)
    {
        if (request.Path == "/user") return User is null ? FakeAnswer.Message(403, "Resource not accessible by integration") : Json(200, Shapes.User(User, isWhole: true));
        if (request.Path == "/graphql") return Json(200, new JsonObject { ["data"] = new JsonObject { ["viewer"] = new JsonObject { ["login"] = User ?? Bot } } });
        if (RepositoryPath().Match(request.Path) is not { Success: true } match) return null;

        return (request.Method, match.Groups["rest"].Value.Split('/')) switch
        {
            ("POST", ["check-runs"]) => CreateCheck(request.Body!.AsObject()),
            ("PATCH", ["check-runs", var id]) => Find(Checks, id) is { } check ? UpdateCheck(check, request.Body!.AsObject()) : null,
            ("GET", ["check-runs", var id]) => Find(Checks, id) is { } check ? Json(200, Visible(check)) : null,
            ("GET", ["commits", var sha, "check-runs"]) => List("check_runs", Checks.Where(c => (string?)c["head_sha"] == sha).Select(Visible)),
            ("GET", ["issues", _, "comments"]) => CommentsOf(request),
            ("POST", ["issues", _, "comments"]) => TooLong(request.Body!, "body", 65_536) ?? Json(201, AddComment(User ?? Bot, (string)request.Body!["body"]!)),
            ("PATCH", ["issues", "comments", var id]) => Find(Comments, id) is { } comment ? TooLong(request.Body!, "body", 65_536) ?? Edit(comment, (string)request.Body!["body"]!) : null,
            ("DELETE", ["issues", "comments", var id]) => Find(Comments, id) is { } comment && Comments.Remove(comment) ? new FakeAnswer(204, "") : null,
            ("GET", ["git", "commits", var sha]) => Commits.TryGetValue(sha, out var parents) ? Json(200, Shapes.GitCommit(sha, parents)) : null,
            ("GET", ["compare", var range]) => Comparisons.TryGetValue(range, out var comparison) ? Json(200, comparison) : null,
            ("GET", ["pulls"]) => Json(200, new JsonArray([.. Pulls.Where(p => request.Query.Contains($"head={p.Branch}&", StringComparison.Ordinal) || request.Query.EndsWith($"head={p.Branch}", StringComparison.Ordinal)).Select(static p => Shapes.Pull(p.Number, p.Branch, p.Head))])),
            _ => null,
        };
    }

    private FakeAnswer CreateCheck(JsonObject body)
    {
        if (Refusal(body) is { } refusal) return refusal;

        var check = Shapes.Check(++_lastId, body);
        Checks.Add(check);
        return UpdateCheck(check, body, 201);
    }

    private static FakeAnswer UpdateCheck(JsonObject check, JsonObject body, int status = 200)
    {
        if (Refusal(body) is { } refusal) return refusal;

        foreach (var member in body.Where(static m => m.Key is "status" or "conclusion" or "name" or "details_url" or "external_id"))
            check[member.Key] = member.Value?.DeepClone();
        var annotations = check["annotations"]!.AsArray();
        foreach (var annotation in body["output"]?["annotations"]?.AsArray() ?? [])
            annotations.Add(annotation!.DeepClone());
        check["output"]!["title"] = body["output"]?["title"]?.DeepClone();
        check["output"]!["summary"] = body["output"]?["summary"]?.DeepClone();
        check["output"]!["annotations_count"] = annotations.Count;
        return Json(status, Visible(check));
    }

    /// <summary>The live API counts bytes; and a check that has ended has a conclusion.</summary>
    private static FakeAnswer? Refusal(JsonObject body)
    {
        var annotations = body["output"]?["annotations"]?.AsArray() ?? [];
        if (annotations.Count > 50) return FakeAnswer.Message(422, "No more than 50 annotations");
        if ((string?)body["status"] == "completed" && body["conclusion"] is null) return FakeAnswer.Message(422, "Missing conclusion");
        foreach (var annotation in annotations.Select(static a => a!.AsObject()))
        {
            if (annotation.ContainsKey("start_column") && (int)annotation["start_line"]! != (int)annotation["end_line"]!) return FakeAnswer.Message(422, "Columns of several lines");
            if (TooLong(annotation, "message", 65_536) is { } refusal) return refusal;
        }

        return body["output"] is { } output ? TooLong(output, "summary", 65_535) : null;
    }

    private static FakeAnswer? TooLong(JsonNode body, string member, int bytes) =>
        Encoding.UTF8.GetByteCount((string)body[member]!) > bytes ? FakeAnswer.Message(422, $"{member} is too long (maximum is {bytes} bytes)") : null;

    private static FakeAnswer Edit(JsonObject comment, string body)
    {
        comment["body"] = body;
        return Json(200, comment);
    }

    private FakeAnswer CommentsOf(FakeRequest request)
    {
        const int PageSize = 100;
        var page = PageNumber().Match(request.Query) is { Success: true } number ? int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture) : 1;
        var answer = Json(200, new JsonArray([.. Comments.Skip((page - 1) * PageSize).Take(PageSize).Select(static c => c.DeepClone())]));
        return Comments.Count <= page * PageSize ? answer : answer.With("Link", $"<{Address.AbsoluteUri.TrimEnd('/')}{request.Path}?per_page={PageSize}&page={page + 1}>; rel=\"next\"");
    }

    private static JsonObject? Find(List<JsonObject> all, string id) => all.FirstOrDefault(c => c["id"]!.ToString() == id);

    private static JsonObject Visible(JsonObject check)
    {
        var copy = check.DeepClone().AsObject();
        copy.Remove("annotations");
        return copy;
    }

    private static FakeAnswer List(string name, IEnumerable<JsonObject> items)
    {
        var array = new JsonArray([.. items]);
        return Json(200, new JsonObject { ["total_count"] = array.Count, [name] = array });
    }

    private static FakeAnswer Json(int status, JsonNode body) => new(status, body.ToJsonString(new JsonSerializerOptions()));

    [GeneratedRegex($"^/repos/{Repository}/(?<rest>.+)$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"[?&]page=(\d+)")]
    private static partial Regex PageNumber();
}
