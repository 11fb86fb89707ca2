namespace Headgate.Budgets;

/// <summary>Spreads a calendar budget over the market's sessions within its window, or over the whole window where it has none.</summary>
/// <remarks>Integers only, so that the moment a share is reached and the share at that moment agree to the tick. Not thread-safe: the dispatcher's lock holds it.</remarks>
internal sealed class Pacing
{
    // Windows are at most a year of sessions of two parts.
    private const int PartsMax = 800;

    private readonly IMarketSessions _markets;
    private readonly string? _market;
    private DateTimeOffset _start;
    private DateTimeOffset _end;
    private List<(long Open, long Close)> _parts = [];
    private long _total;

    /// <param name="markets">Tells sessions.</param>
    /// <param name="market">The provider's market; null for none.</param>
    public Pacing(IMarketSessions markets, string? market)
    {
        _markets = markets;
        _market = market;
    }

    /// <summary>How much of an amount may be spent by now: its part as large as the part of the sessions that has passed.</summary>
    public long Share(long amount, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        LookUp(start, end);
        long passed = 0;
        foreach (var (open, close) in _parts)
        {
            passed += Math.Clamp(now.UtcTicks - open, 0, close - open);
        }

        return (long)((Int128)amount * passed / _total);
    }

    /// <summary>When the share of an amount reaches this much; the window's end when it never does.</summary>
    public DateTimeOffset ReachedAt(long share, long amount, DateTimeOffset start, DateTimeOffset end)
    {
        if (share > amount)
        {
            return end;
        }

        LookUp(start, end);
        var needed = (long)((((Int128)share * _total) + amount - 1) / amount);
        foreach (var (open, close) in _parts)
        {
            if (needed <= close - open)
            {
                return new DateTimeOffset(open + needed, TimeSpan.Zero);
            }

            needed -= close - open;
        }

        return end;
    }

    private void LookUp(DateTimeOffset start, DateTimeOffset end)
    {
        if (start == _start && end == _end)
        {
            return;
        }

        (_start, _end) = (start, end);
        _parts = _market is null ? [] : Sessions(_market, start, end);
        if (_parts.Count == 0)
        {
            _parts = [(start.UtcTicks, end.UtcTicks)];
        }

        _total = _parts.Sum(part => part.Close - part.Open);
    }

    private List<(long Open, long Close)> Sessions(string market, DateTimeOffset start, DateTimeOffset end)
    {
        var parts = new List<(long, long)>();
        var at = start;
        while (parts.Count < PartsMax && (_markets.IsOpen(market, at) ? at : _markets.NextOpen(market, at)) is { } open && open < end)
        {
            // A market that never closes spreads over the whole window.
            var close = _markets.NextClose(market, open) is { } known && known < end ? known : end;
            parts.Add((open.UtcTicks, close.UtcTicks));
            at = close;
        }

        return parts;
    }
}
