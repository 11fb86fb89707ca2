namespace Headgate.Markets;

/// <summary>What the engine asks of market calendars, answered by them. Thread-safe; unknown markets are always open and tell no times.</summary>
public sealed class MarketSessions : IMarketSessions
{
    private readonly MarketCalendars _calendars;

    /// <param name="calendars">The calendars by market code.</param>
    public MarketSessions(MarketCalendars calendars) => _calendars = calendars;

    public bool IsOpen(string market, DateTimeOffset at) => _calendars.Find(market) is not { } calendar || calendar.IsOpen(at);

    public DateTimeOffset? NextOpen(string market, DateTimeOffset after) => Known(_calendars.Find(market)?.NextOpen(after));

    public DateTimeOffset? NextClose(string market, DateTimeOffset after) => Known(_calendars.Find(market)?.NextClose(after));

    public DateTimeOffset? NextBarClose(string market, DateTimeOffset after, TimeSpan bar) =>
        _calendars.Find(market) is { } calendar && Interval(bar) is { } interval ? Known(calendar.NextBarClose(after, interval)) : null;

    public DateTimeOffset? CloseOfBar(string market, DateTimeOffset stamp, TimeSpan bar) =>
        _calendars.Find(market) is { } calendar && Interval(bar) is { } interval ? Known(calendar.CloseOfBar(stamp, interval)) : null;

    // Calendars say "no such time" with the greatest instant.
    private static DateTimeOffset? Known(DateTimeOffset? at) => at == DateTimeOffset.MaxValue ? null : at;

    private static BarInterval? Interval(TimeSpan bar) => bar.Ticks switch
    {
        TimeSpan.TicksPerDay => BarInterval.Day,
        >= TimeSpan.TicksPerMinute and < TimeSpan.TicksPerDay when bar.Ticks % TimeSpan.TicksPerMinute == 0 => BarInterval.Minutes((int)bar.TotalMinutes),
        _ => null,
    };
}
