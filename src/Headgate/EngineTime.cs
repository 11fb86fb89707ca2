namespace Headgate;

/// <summary>A point on the engine's own clock, in ticks of 100 ns, close to UTC.</summary>
/// <remarks>
/// The engine clock is anchored to the wall clock once per boot of the machine and then runs monotonically, also across restarts of
/// the process, so that a stepped wall clock neither ages an entry nor frees a permit (ADR 002). Instants of markets and of upstreams
/// are wall-clock instants (<see cref="DateTimeOffset"/>) and never this type.
/// <c>default</c> is the beginning of time: older than everything.
/// </remarks>
public readonly record struct EngineTime(long Ticks) : IComparable<EngineTime>
{
    /// <summary>Later than every instant that can occur.</summary>
    public static EngineTime Never => new(long.MaxValue);

    public int CompareTo(EngineTime other) => Ticks.CompareTo(other.Ticks);

    public static bool operator <(EngineTime left, EngineTime right) => left.Ticks < right.Ticks;

    public static bool operator >(EngineTime left, EngineTime right) => left.Ticks > right.Ticks;

    public static bool operator <=(EngineTime left, EngineTime right) => left.Ticks <= right.Ticks;

    public static bool operator >=(EngineTime left, EngineTime right) => left.Ticks >= right.Ticks;

    /// <summary>Saturates at <see cref="Never"/>.</summary>
    public static EngineTime operator +(EngineTime time, TimeSpan span) =>
        span.Ticks >= long.MaxValue - time.Ticks ? Never : new(time.Ticks + span.Ticks);

    public static EngineTime operator -(EngineTime time, TimeSpan span) => new(Math.Max(0, time.Ticks - span.Ticks));

    public static TimeSpan operator -(EngineTime left, EngineTime right) => new(left.Ticks - right.Ticks);

    public static EngineTime Min(EngineTime left, EngineTime right) => left <= right ? left : right;

    public static EngineTime Max(EngineTime left, EngineTime right) => left >= right ? left : right;

    /// <summary>The same instant read as UTC; exact unless the wall clock was stepped since the anchor was taken.</summary>
    public DateTimeOffset ToUtc() => new(Math.Min(Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>Milliseconds since 1970-01-01, as reported in <c>retryAt</c>.</summary>
    public long ToUnixMilliseconds() => ToUtc().ToUnixTimeMilliseconds();

    public override string ToString() => this == Never ? "never" : ToUtc().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ");
}
