namespace Headgate.Simulation;

/// <summary>Design §1.8: every demand ends before its deadline, and what is asked of a healthy upstream with time to spare is served.</summary>
internal sealed class EndsInTime(SoakScene scene) : IInvariant
{
    // Timers of .NET count whole milliseconds and the engine rounds up, so that it never wakes too early.
    private static readonly long Late = TimeSpan.FromMilliseconds(2).Ticks;

    public string Name => "never starved, never hung";

    public void Answered(SoakAnswer answer)
    {
        var ask = answer.Ask;
        var took = answer.AnsweredAt - ask.AskedAt;
        if (took > ask.EffectiveDeadline.Ticks + Late)
        {
            scene.Fail(this, $"{ask} took {SoakScene.Seconds(took)} and its deadline is {ask.EffectiveDeadline.TotalSeconds} s ({answer.Kind} {answer.Refusal?.Kind})");
        }

        if (ask.MustBeServed && !IsWell(answer))
        {
            scene.Fail(this, $"{ask} was not served although the upstream is well: {answer.Kind} {answer.Status} {answer.Refusal?.Kind} {answer.Refusal?.Detail}");
        }

        if (answer.Refusal is { RetryAt: null, Kind: RefusalKind.Limited } refusal)
        {
            scene.Fail(this, $"{ask} was refused without a time to try again: {refusal.Detail}");
        }
    }

    private static bool IsWell(SoakAnswer answer) =>
        answer.Kind is FetchKind.Hit or FetchKind.Fetched
        || (answer.Kind == FetchKind.Passed && answer.Status == 200)
        || (answer.Refusal?.Limit?.Contains("daily", StringComparison.Ordinal) ?? false);
}
