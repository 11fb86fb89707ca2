namespace Headgate.Upstreams.Tapes;

/// <summary>A market as it unfolds: asked for a moment, it tells nothing that was not known then.</summary>
/// <threadsafety>Implementations are safe and give the same answer for the same question, whatever was asked before.</threadsafety>
public interface IMarketTape
{
    /// <summary>Every listed symbol, in ordinal order.</summary>
    IReadOnlyList<TapeSymbol> Symbols { get; }

    /// <summary>The tape's first minute, in its zone; where a <c>TapeClock</c> begins.</summary>
    DateTimeOffset Start { get; }

    /// <summary>Distance of the tape's local time from UTC (IST: +05:30).</summary>
    TimeSpan Zone { get; }

    /// <summary>The state of a symbol at a moment; null where the tape has no such symbol.</summary>
    TapeQuote? QuoteAt(string symbol, DateTimeOffset now);

    /// <summary>The last price alone, for much less work than <see cref="QuoteAt"/>; null where the tape has no such symbol.</summary>
    decimal? LastAt(string symbol, DateTimeOffset now);

    /// <summary>Minute bars that begin in [from, to] and have ended by now, oldest first. Sessions only; minutes without data are absent.</summary>
    IReadOnlyList<TapeBar> Minutes(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now);

    /// <summary>Day bars whose local midnight is in [from, to]; today's is made of the minutes that have ended by now.</summary>
    IReadOnlyList<TapeBar> Days(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now);
}
