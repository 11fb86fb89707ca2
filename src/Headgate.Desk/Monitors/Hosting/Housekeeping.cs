namespace Headgate.Desk.Monitors.Hosting;

/// <summary>Before each trading day's window, deletes what no rule of the desk needs any more. Asks nothing upstream.</summary>
/// <param name="rules">Trading days.</param>
/// <param name="purge">Does it.</param>
internal sealed class Housekeeping(SessionRules rules, Func<CancellationToken, ValueTask> purge) : IMonitor
{
    private static readonly TimeOnly At = new(9, 10);

    public string Name => "housekeeping";

    public TimeSpan LateMax => TimeSpan.FromHours(12);

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => rules.IsTradingDay(day) ? [Ist.At(day, At)] : [];

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        await purge(cancellation);
        return new CycleResult(0, 0);
    }
}
