using NodaTime;

namespace Headgate.History;

/// <summary>Which bars of a series were final when a call was sent, by the market's calendar where it knows the session, else by the clock alone. Pure.</summary>
internal sealed class BarFinality
{
    /// <summary>
    /// The absence of a bar is believed only this long after the bar's end: an upstream may need a while to write a bar that has just closed, and what
    /// is once known to be empty is never asked for again. A bar that follows it in the answer proves it at once.
    /// </summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(5);

    private readonly IMarketSessions _markets;
    private readonly RangeRequest _range;
    private readonly DateTimeZone _zone;

    public BarFinality(IMarketSessions markets, RangeRequest range)
    {
        _markets = markets;
        _range = range;
        _zone = RangeBounds.Zone(range.Model);
    }

    /// <summary>Had the bar of this stamp ended at that wall-clock moment?</summary>
    public bool IsFinal(long stamp, DateTimeOffset at) => CloseOf(stamp) <= at.ToUnixTimeSeconds();

    /// <summary>Daily bars are stamped with the midnight their date begins with; a stamp that is not would make nonsense of whole days.</summary>
    public bool IsStamp(long stamp) => !_range.IsDay || StartOfDay(stamp, 0) == stamp;

    /// <summary>The first second at or after this one at which a bar may be stamped.</summary>
    public long NextPossible(long second) => !_range.IsDay || IsStamp(second) ? second : DayAfter(second);

    /// <summary>The second from which on another bar may be stamped.</summary>
    public long NextStamp(long stamp) => _range.IsDay ? DayAfter(stamp) : CloseOf(stamp);

    /// <summary>Bars stamped before this second that the answer to a call sent at that moment lacks do not exist.</summary>
    public long EmptyBefore(DateTimeOffset at)
    {
        var settled = (at - Settle).ToUnixTimeSeconds();
        return _range.IsDay ? StartOfDay(settled, 0) : settled - (long)_range.Interval.Bar.TotalSeconds;
    }

    /// <summary>The end of the day an instant lies in: nothing beyond is asked for.</summary>
    public long Horizon(DateTimeOffset at) => DayAfter(at.ToUnixTimeSeconds());

    private long CloseOf(long stamp)
    {
        var bar = (long)_range.Interval.Bar.TotalSeconds;
        var close = _range.Market is { } market ? _markets.CloseOfBar(market, DateTimeOffset.FromUnixTimeSeconds(stamp), _range.Interval.Bar) : null;
        return close?.ToUnixTimeSeconds() ?? (_range.IsDay ? DayAfter(stamp) : stamp + bar);
    }

    private long DayAfter(long second) => StartOfDay(second, 1);

    private long StartOfDay(long second, int daysLater) =>
        _zone.AtStartOfDay(Instant.FromUnixTimeSeconds(second).InZone(_zone).Date.PlusDays(daysLater)).ToInstant().ToUnixTimeSeconds();
}
