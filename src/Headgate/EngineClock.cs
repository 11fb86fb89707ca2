namespace Headgate;

/// <summary>The engine's monotonic clock. Thread-safe; reading it allocates nothing.</summary>
public sealed class EngineClock
{
    private readonly long _anchorTimestamp;
    private readonly long _anchorTicks;
    private readonly long _frequency;

    /// <param name="time">Source of both the wall clock and the monotonic clock.</param>
    /// <param name="bootId">Names the machine boot whose monotonic clock <paramref name="time"/> reads; two processes of one boot share it.</param>
    /// <param name="last">What the ledger last recorded of an engine clock, or null for a new data directory.</param>
    public EngineClock(TimeProvider time, string bootId, ClockMark? last = null)
    {
        Time = time;
        BootId = bootId;
        _frequency = time.TimestampFrequency;
        _anchorTimestamp = time.GetTimestamp();
        var wall = time.GetUtcNow().UtcTicks;
        if (last is null)
        {
            _anchorTicks = wall;
        }
        else if (string.Equals(last.BootId, bootId, StringComparison.Ordinal) && last.Timestamp <= _anchorTimestamp)
        {
            // Same boot: the monotonic clock went on while the process was away, so the wall clock need not be believed.
            _anchorTicks = last.EngineTicks + Elapsed(_anchorTimestamp - last.Timestamp);
        }
        else
        {
            // A reboot: only the wall clock knows how long it took. It may not run the engine clock backwards.
            _anchorTicks = Math.Max(wall, last.EngineTicks);
        }
    }

    /// <summary>The clock behind it: timers, and the wall clock for market sessions.</summary>
    public TimeProvider Time { get; }

    /// <summary>The boot this clock belongs to.</summary>
    public string BootId { get; }

    /// <summary>The present engine time.</summary>
    public EngineTime Now => new(_anchorTicks + Elapsed(Time.GetTimestamp() - _anchorTimestamp));

    /// <summary>The wall clock, for market sessions and calendar windows only.</summary>
    public DateTimeOffset WallNow => Time.GetUtcNow();

    /// <summary>What to store so that the next process of this boot continues this clock.</summary>
    public ClockMark Mark()
    {
        var timestamp = Time.GetTimestamp();
        return new ClockMark(BootId, timestamp, _anchorTicks + Elapsed(timestamp - _anchorTimestamp));
    }

    /// <summary>Ticks in so many counts, rounded down, in integers: every demand reads the clock, and a tick may not depend on how long ago the anchor was.</summary>
    private long Elapsed(long counts)
    {
        if (_frequency == 1_000_000_000)
        {
            // By a constant it costs a multiplication; nanoseconds are what every platform but one counts.
            return (long)((ulong)counts / 100);
        }

        var (seconds, rest) = Math.DivRem(counts, _frequency);
        return (seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / _frequency);
    }
}

/// <summary>A durable reading of an engine clock: the boot, its monotonic timestamp, and the engine ticks at that moment.</summary>
public sealed record ClockMark(string BootId, long Timestamp, long EngineTicks);
