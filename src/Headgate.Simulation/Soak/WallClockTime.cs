namespace Headgate.Simulation;

/// <summary>A clock whose timestamps follow the wall clock: what <see cref="Sabotage.TrustsTheWallClock"/> gives the engine.</summary>
internal sealed class WallClockTime(TimeProvider inner) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
