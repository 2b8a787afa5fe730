namespace GitIntent.Reliability.Tests.Errors;

public class Taxonomy
{
    [Theory]
    [InlineData("RATE_LIMITED", 10, true)]
    [InlineData("TIMEOUT", 11, true)]
    [InlineData("NETWORK_ERROR", 12, true)]
    [InlineData("SERVICE_UNAVAILABLE", 13, true)]
    [InlineData("UPSTREAM_ERROR", 14, true)]
    [InlineData("VALIDATION_ERROR", 20, false)]
    [InlineData("NOT_FOUND", 21, false)]
    [InlineData("CONFLICT", 22, false)]
    [InlineData("LOCK_CONFLICT", 23, true)]
    [InlineData("IDEMPOTENCY_CONFLICT", 24, false)]
    [InlineData("POLICY_DENIED", 30, false)]
    [InlineData("APPROVAL_REQUIRED", 31, false)]
    [InlineData("QUOTA_EXCEEDED", 32, false)]
    [InlineData("UNAUTHORIZED", 33, false)]
    [InlineData("FORBIDDEN", 34, false)]
    [InlineData("INTERNAL_ERROR", 40, false)]
    [InlineData("CONFIGURATION_ERROR", 41, false)]
    [InlineData("UNHANDLED_ERROR", 42, false)]
    public void A_code_decides_everything_else(string name, int exit, bool retryable)
    {
        var row = ErrorCodes.Find(name).ShouldNotBeNull();
        var error = new GwiException(row.Code, "x");
        ErrorTaxonomy.ToExitCode(error).ShouldBe(exit);
        error.Retryable.ShouldBe(retryable);
        ErrorTaxonomy.IsRetryable(error).ShouldBe(retryable);
        ErrorTaxonomy.ToAuditEvent(error).Retryable.ShouldBe(retryable);
        (error.RetryAfter is not null).ShouldBe(retryable);
        (error.MaxRetries is not null).ShouldBe(retryable);
        ((int)row.Band).ShouldBe(exit / 10 * 10);
    }

    [Fact]
    public void The_table_is_complete_and_has_no_other_row() => ErrorCodes.All.Select(d => d.Code).ShouldBe(Enum.GetValues<ErrorCode>());

    [Fact]
    public void A_number_that_is_no_code_and_no_exception_at_all_are_unhandled()
    {
        new GwiException((ErrorCode)7, "x").Code.ShouldBe(ErrorCode.UnhandledError);
        ErrorTaxonomy.ToExitCode(null).ShouldBe(42);
        ErrorTaxonomy.IsRetryable(null).ShouldBeFalse();
        ErrorTaxonomy.ToAuditEvent(null).Code.ShouldBe(ErrorCode.UnhandledError);
    }

    [Fact]
    public void Nothing_in_the_details_contradicts_the_type()
    {
        var details = new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(9), MaxRetries = 9 };
        new PolicyDeniedException("no", details: details).RetryAfter.ShouldBeNull();
        new GwiValidationException("no", details: details).MaxRetries.ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => new RetryableException("x", ErrorCode.NotFound));
        Should.Throw<ArgumentOutOfRangeException>(() => new NonRetryableException("x", ErrorCode.RateLimited));
        new RetryableException("x", details: new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(-1), MaxRetries = -1 }).RetryAfter.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Defaults_are_the_published_ones()
    {
        var upstream = new RetryableException("x");
        (upstream.Code, upstream.RetryAfter, upstream.MaxRetries).ShouldBe((ErrorCode.UpstreamError, TimeSpan.FromSeconds(1), 3));
        var conflict = new LockConflictException("run");
        (conflict.RetryAfter, conflict.MaxRetries).ShouldBe((TimeSpan.FromSeconds(1), 5));
        var timeout = new GwiTimeoutException("x", TimeSpan.FromSeconds(3));
        (timeout.RetryAfter, timeout.MaxRetries).ShouldBe((TimeSpan.FromSeconds(2), 2));
        new NonRetryableException("x").Code.ShouldBe(ErrorCode.InternalError);
        new ApprovalRequiredException("x").RequiredApprovalType.ShouldBe(ApprovalType.Destructive);
    }

    [Theory]
    [InlineData("The request ended in a Timeout.", true)]
    [InlineData("it timed out", true)]
    [InlineData("API rate limit exceeded", true)]
    [InlineData("read ECONNRESET", true)]
    [InlineData("connect ECONNREFUSED 127.0.0.1:80", true)]
    [InlineData("HTTP 503", true)]
    [InlineData("status=429;", true)]
    [InlineData("order 15037 does not exist", false)]
    [InlineData("no such column: timeout_ms", false)]
    [InlineData("ticket A503 is closed", false)]
    [InlineData("something else", false)]
    public void Messages_count_last_and_by_whole_words(string message, bool retryable) =>
        ErrorTaxonomy.IsRetryable(new InvalidOperationException(message)).ShouldBe(retryable);

    [Fact]
    public void What_the_text_spells_does_not_matter_where_the_type_decides()
    {
        ErrorTaxonomy.IsRetryable(new GwiValidationException("503 timeout rate limit")).ShouldBeFalse();
        ErrorTaxonomy.IsRetryable(new FileNotFoundException("503 timeout")).ShouldBeFalse();
        ErrorTaxonomy.IsRetryable(new OperationCanceledException("timeout")).ShouldBeFalse();
        ErrorTaxonomy.IsRetryable(new LockConflictException("validation forbidden")).ShouldBeTrue();
    }

    [Fact]
    public void Wrap_keeps_ours_and_makes_others_the_cause()
    {
        var ours = new PolicyDeniedException("no");
        ErrorTaxonomy.Wrap(ours).ShouldBeSameAs(ours);
        var foreign = new FileNotFoundException("gone");
        var wrapped = ErrorTaxonomy.Wrap(foreign, new ErrorDetails { Context = new Dictionary<string, object?> { ["a"] = 1 } });
        wrapped.InnerException.ShouldBeSameAs(foreign);
        wrapped.Message.ShouldBe("gone");
        wrapped.Context["a"].ShouldBe(1);
    }

    [Fact]
    public void A_classifier_is_asked_first_and_may_break_without_harm()
    {
        var taxonomy = ErrorTaxonomy.With(_ => throw new InvalidOperationException(), e => e is KeyNotFoundException ? new(ErrorCode.RateLimited, TimeSpan.FromSeconds(7)) : null);
        taxonomy.Wrap(new KeyNotFoundException()).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        taxonomy.IsRetryable(new InvalidOperationException("x", new KeyNotFoundException())).ShouldBeTrue();
        taxonomy.IsRetryable(new InvalidOperationException("x")).ShouldBeFalse();
    }

    [Fact]
    public void A_chain_without_end_ends()
    {
        Exception e = new InvalidOperationException("innermost");
        for (var i = 0; i < 10_000; i++)
            e = new InvalidOperationException("x", e);
        ErrorTaxonomy.IsRetryable(e).ShouldBeFalse();
        ErrorTaxonomy.ToAuditEvent(e).Causes.Count.ShouldBe(16);
    }
}
