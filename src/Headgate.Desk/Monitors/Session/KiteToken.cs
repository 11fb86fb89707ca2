using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Session;

/// <summary>What is known of Kite's access token at start.</summary>
public enum KiteTokenState
{
    /// <summary>Kite took it.</summary>
    Valid,

    /// <summary>Kite refused it: monitors must not start.</summary>
    Invalid,

    /// <summary>Kite could not be asked; nothing speaks against starting.</summary>
    Unknown,
}

/// <summary>Kite's access token at start.</summary>
/// <param name="State">What Kite says.</param>
/// <param name="FlushedAt">When Kite will have flushed it: each morning about 06:00 Indian time, not 24 hours after it was made.</param>
/// <param name="Why">A sentence, without secrets.</param>
public sealed record KiteToken(KiteTokenState State, DateTimeOffset FlushedAt, string Why)
{
    private static readonly TimeOnly Flush = new(6, 0);
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <summary>Under two hours are left.</summary>
    public bool ExpiresSoon(DateTimeOffset now) => FlushedAt - now < Soon;

    /// <summary>The next flush after an instant.</summary>
    public static DateTimeOffset NextFlush(DateTimeOffset now)
    {
        var today = Ist.At(Ist.DayOf(now), Flush);
        return today > now ? today : today.AddDays(1);
    }
}
