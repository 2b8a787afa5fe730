using System.Collections;
using System.Text.Json;

namespace GitIntent.Reliability.Tests.Errors;

public class AuditEvents
{
    [Fact]
    public void It_carries_the_types_fields_the_causes_and_both_contexts_and_the_callers_wins()
    {
        var cause = new TimeoutException("slow", new IOException("disk"));
        var error = new GwiException(ErrorCode.UpstreamError, "failed", cause,
            new ErrorDetails { Context = new Dictionary<string, object?> { ["a"] = "error", ["b"] = 1 }, Timestamp = DateTimeOffset.UnixEpoch });
        var audit = ErrorTaxonomy.ToAuditEvent(error, new Dictionary<string, object?> { ["a"] = "caller" });
        audit.Type.ShouldBe("error");
        audit.Context["a"].ShouldBe("caller");
        audit.Context["b"].ShouldBe(1);
        audit.Causes.Select(c => (c.ExceptionType, c.Code, c.Message)).ShouldBe(
            [("TimeoutException", ErrorCode.Timeout, "slow"), ("IOException", ErrorCode.UnhandledError, "disk")]);
        audit.Timestamp.ShouldBe(DateTimeOffset.UnixEpoch);
        ErrorTaxonomy.ToAuditEvent(new PolicyDeniedException("no", "P1", "rm")).Fields.ShouldBe(
            new Dictionary<string, object?> { ["policyReasonCode"] = "P1", ["toolName"] = "rm" }, ignoreOrder: true);
        ErrorTaxonomy.ToAuditEvent(new ApprovalRequiredException("a", ApprovalType.HighRisk)).Fields["requiredApprovalType"].ShouldBe("high_risk");
        ErrorTaxonomy.ToAuditEvent(new GwiTimeoutException("a", TimeSpan.FromSeconds(2), "fetch")).Fields["timeoutMs"].ShouldBe(2000d);
        ErrorTaxonomy.ToAuditEvent(new LockConflictException("r", "holder-1")).Fields["holderId"].ShouldBe("holder-1");
    }

    [Fact]
    public void Secrets_do_not_leave()
    {
        const string token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
        var error = new GwiException(ErrorCode.UpstreamError, $"push with {token} failed", new IOException($"postgres://u:hunter2@db/x and Bearer {token}"),
            new ErrorDetails { Context = new Dictionary<string, object?> { ["apiKey"] = "abc", ["url"] = "redis://me:hunter2@h", ["nested"] = new Dictionary<string, object?> { ["DB_PASSWORD"] = "hunter2" } } });
        foreach (var json in new[] { ErrorTaxonomy.ToAuditEvent(error).ToJson(), error.ToJson() })
        {
            json.ShouldNotContain(token);
            json.ShouldNotContain("hunter2");
            json.ShouldNotContain("\"abc\"");
            JsonDocument.Parse(json).RootElement.GetProperty("code").GetString().ShouldBe("UPSTREAM_ERROR");
        }
    }

    [Fact]
    public void It_never_throws_whatever_the_exception_and_its_context_do()
    {
        var context = new Dictionary<string, object?>
        {
            ["bad"] = new Bad(),
            ["badList"] = Throwing(),
            ["nan"] = double.NaN,
            ["surrogate"] = "\ud800",
            ["deep"] = Deep(50),
            ["endless"] = Endless(),
            ["\udc00name"] = 1,
            ["type"] = typeof(string),
            ["long"] = new string('x', 100_000),
            ["map"] = new Hashtable { [1] = 2 },
        };
        var error = new BadException();
        var audit = ErrorTaxonomy.ToAuditEvent(error, context);
        audit.Code.ShouldBe(ErrorCode.UnhandledError);
        using var document = JsonDocument.Parse(audit.ToJson());
        document.RootElement.GetProperty("context").EnumerateObject().Count().ShouldBe(context.Count);
        JsonDocument.Parse(new GwiException(ErrorCode.Conflict, "\ud800", error, new ErrorDetails { Context = context }).ToJson()).Dispose();
    }

    private static IEnumerable<int> Throwing()
    {
        yield return 1;
        throw new InvalidOperationException();
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
            yield return 1;
    }

    private static object Deep(int levels) => levels == 0 ? 1 : new List<object> { Deep(levels - 1) };

    private sealed class Bad
    {
        public override string ToString() => throw new InvalidOperationException("bad");
    }

    private sealed class BadException : Exception
    {
        public override string Message => throw new InvalidOperationException("bad");
    }
}
