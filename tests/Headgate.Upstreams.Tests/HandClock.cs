namespace Headgate.Upstreams.Tests;

/// <summary>A clock moved by hand.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => 10_000_019; // odd, so that nobody mistakes timestamps for ticks

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => (long)((Int128)(_now - DateTimeOffset.UnixEpoch).Ticks * TimestampFrequency / TimeSpan.TicksPerSecond) + 1;

    public void Advance(TimeSpan by) => _now += by;
}
