namespace GitIntent.Reliability.Tests.Errors;

/// <summary>Runs something that fails for real and hands over what was thrown.</summary>
internal static class Provoke
{
    public static async Task<Exception> By(Func<Task> fails)
    {
        try
        {
            await fails();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("It did not fail.");
    }

    public static Exception By(Action fails)
    {
        try
        {
            fails();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("It did not fail.");
    }

    public static void ShouldBe(this Exception e, ErrorCode code)
    {
        var wrapped = ErrorTaxonomy.Wrap(e);
        wrapped.Code.ShouldBe(code, e.ToString());
        ErrorTaxonomy.IsRetryable(e).ShouldBe(ErrorCodes.Describe(code).Retryable);
        ErrorTaxonomy.ToExitCode(e).ShouldBe((int)code);
        var audit = ErrorTaxonomy.ToAuditEvent(e);
        audit.Code.ShouldBe(code);
        audit.Retryable.ShouldBe(ErrorTaxonomy.IsRetryable(e));
    }
}
