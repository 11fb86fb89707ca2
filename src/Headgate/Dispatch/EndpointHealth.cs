namespace Headgate.Dispatch;

/// <summary>What the dispatcher has learnt of one endpoint: is it up, and how long does an answer take. Guarded by the dispatcher's lock.</summary>
internal sealed class EndpointHealth
{
    public Breaker Breaker { get; } = new();

    /// <summary>Smoothed time from charge to first byte (an eighth of each new value, as TCP does).</summary>
    public TimeSpan RoundTrip { get; private set; } = TimeSpan.FromMilliseconds(50);

    public void Observe(TimeSpan roundTrip) => RoundTrip = ((RoundTrip * 7) + roundTrip) / 8;
}
