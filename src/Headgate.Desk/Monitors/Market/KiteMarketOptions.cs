namespace Headgate.Desk.Monitors.Market;

/// <summary>How Kite Connect is asked.</summary>
public sealed record KiteMarketOptions
{
    /// <summary>Catalogue name of the provider. Default <c>kite</c>.</summary>
    public string Provider { get; init; } = "kite";

    /// <summary>Instruments of one quote ask, 1 to 500. Default 500, what the endpoint takes (Kite Connect docs, market quotes, read 2026-11-20).</summary>
    public int BatchMax { get; init; } = 500;

    /// <summary>
    /// Longest target of one ask, in characters. Default 14,000: above some 15 KB the server answers 400, then 414 (kite.trade forum, comment 46232).
    /// </summary>
    public int TargetCharsMax { get; init; } = 14_000;

    /// <summary>Urgency of quotes, 0 to 7. Default 3, what monitors ask at.</summary>
    public int QuoteUrgency { get; init; } = 3;

    /// <summary>Urgency of bars and instruments, 0 to 7. Default 3.</summary>
    public int HistoryUrgency { get; init; } = 3;

    /// <summary>Bounds waiting and call of bars together. Default 2 minutes: a morning's 209 series wait their turn at 3 a second.</summary>
    public TimeSpan HistoryDeadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bounds waiting and call of quotes together. Default 30 seconds; an answer later than that is of no use to a cycle of a minute.</summary>
    public TimeSpan QuoteDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
