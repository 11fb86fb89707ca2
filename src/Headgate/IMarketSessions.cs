namespace Headgate;

/// <summary>What session-aware freshness asks of market calendars. Thread-safe; answers allocate nothing.</summary>
public interface IMarketSessions
{
    /// <summary>Is the market in a session at this wall-clock instant? Unknown markets are always open.</summary>
    bool IsOpen(string market, DateTimeOffset at);

    /// <summary>The next session's open strictly after; null when unknown.</summary>
    DateTimeOffset? NextOpen(string market, DateTimeOffset after);

    /// <summary>The close of the running or next session, strictly after; null when unknown.</summary>
    DateTimeOffset? NextClose(string market, DateTimeOffset after);

    /// <summary>When a candle that an upstream stamped so is final; null when no session is known at that stamp, so that the clock alone decides.</summary>
    DateTimeOffset? CloseOfBar(string market, DateTimeOffset stamp, TimeSpan bar) => null;

    /// <summary>The close of the bar of this length that runs at, or comes next after, the instant; null when unknown.</summary>
    DateTimeOffset? NextBarClose(string market, DateTimeOffset after, TimeSpan bar);
}
