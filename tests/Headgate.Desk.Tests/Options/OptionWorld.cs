using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Options;
using Headgate.Desk.Monitors.Universe;
using Headgate.Markets;

namespace Headgate.Desk.Tests.Options;

/// <summary>A market the analyser looks at: quiet by default, so that it sells. Counts what is asked.</summary>
internal sealed class OptionWorld : IKiteMarket
{
    public static readonly DateOnly Friday = new(2026, 11, 20);

    public static readonly SessionRules Rules = new(MarketCalendars.Shipped);

    private const string NovemberFuture = "NFO:NIFTY26NOVFUT";

    public decimal Spot { get; set; } = 26_000;

    public decimal? Vix { get; set; } = 13;

    /// <summary>Volatility that option prices are made of.</summary>
    public double Implied { get; set; } = 0.2;

    public long Oi { get; set; } = 10_000_000;

    /// <summary>Closes of the volatility index, by bars back from yesterday.</summary>
    public Func<int, decimal> VixClose { get; set; } = back => 11 + (back % 5);

    /// <summary>Daily range of the index in percent.</summary>
    public decimal DailyRange { get; set; } = 0.6m;

    /// <summary>Daily move of the index in percent, up and down in turn.</summary>
    public decimal DailyMove { get; set; } = 0.2m;

    public decimal IntradayRange { get; set; } = 0.5m;

    public bool HasPremiums { get; set; } = true;

    public bool HasStrikes { get; set; } = true;

    /// <summary>Adds today's partial bar to daily answers, as an upstream does that is asked up to today.</summary>
    public bool AddsToday { get; set; }

    public List<(IReadOnlyList<string> Names, DateTimeOffset NotBefore)> QuoteAsks { get; } = [];

    public List<(long Token, string Interval, DateOnly From, DateOnly To, DateTimeOffset NotBefore)> BarAsks { get; } = [];

    public static OptionsSettings Settings { get; } = new();

    // The monthly contract is named by month, the weekly by digits: whoever puts symbols together by hand misses one of them.
    public static IReadOnlyList<KiteContract> Contracts { get; } =
    [
        new(1, "NIFTY26NOVFUT", "NIFTY", "NFO", "FUT", new DateOnly(2026, 11, 24), 0, 65), new(2, "NIFTY26DECFUT", "NIFTY", "NFO", "FUT", new DateOnly(2026, 12, 29), 0, 65),
        new(3, "NIFTY26OCTFUT", "NIFTY", "NFO", "FUT", new DateOnly(2026, 10, 27), 0, 65),
        .. from expiry in new[] { (new DateOnly(2026, 11, 24), "26NOV"), (new DateOnly(2026, 12, 1), "26D01"), (new DateOnly(2026, 12, 29), "26DEC") }
           from strike in Enumerable.Range(0, 41).Select(i => 25_000 + (i * 50))
           from type in new[] { "CE", "PE" }
           select new KiteContract(strike, $"NIFTY{expiry.Item2}{strike}{type}", "NIFTY", "NFO", type, expiry.Item1, strike, 65),
        new(9, "BANKNIFTY26D0126000CE", "BANKNIFTY", "NFO", "CE", new DateOnly(2026, 12, 1), 26_000, 30),
    ];

    public static DateTimeOffset At(int hour, int minute, DateOnly? day = null) => Ist.At(day ?? Friday, new TimeOnly(hour, minute));

    public InstrumentBook Instruments() => new(this);

    public ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        QuoteAsks.Add((names, notBefore));
        var quotes = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Quote(name, Ist.DayOf(notBefore)) is { } quote)
            {
                quotes[name] = quote;
            }
        }

        return new(new QuoteSet(quotes, []));
    }

    public ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(
        long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        BarAsks.Add((token, interval, from, to, notBefore));
        return new(interval == "15minute" ? Intraday(from, notBefore) : token == Settings.VixToken ? VixBars(from, to) : IndexBars(from, to));
    }

    public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation) =>
        new(HasStrikes ? Contracts : [.. Contracts.Where(contract => contract.Type == "FUT")]);

    private KiteQuote? Quote(string name, DateOnly day)
    {
        if (name == "NSE:NIFTY 50")
        {
            return Of(Spot, 25_990);
        }

        if (name == "NSE:INDIA VIX")
        {
            return Vix is { } vix ? Of(vix, vix) : null;
        }

        if (name == NovemberFuture)
        {
            return Of(Spot + 40, 26_030) with { Oi = Oi, OiDayHigh = Oi, OiDayLow = Oi };
        }

        if (!HasPremiums || Contracts.FirstOrDefault(contract => "NFO:" + contract.Symbol == name) is not { Type: not "FUT" } option)
        {
            return null;
        }

        var years = (option.Expiry!.Value.DayNumber - day.DayNumber) / 365.0;
        var price = new BlackScholes(option.Type == "CE", (double)Spot, (double)option.Strike, years, 0.07).Price(Implied);
        return Of(Math.Max(0.05m, Math.Round((decimal)price, 2)), 1);
    }

    private static KiteQuote Of(decimal last, decimal open) => new(last, 0, open, Math.Max(last, open), Math.Min(last, open), open, 0, 0, 0);

    private List<KiteBar> VixBars(DateOnly from, DateOnly to) =>
        [.. Days(from, to).Select((day, i) => (day, back: Days(day.AddDays(1), Friday.AddDays(-1)).Count)).Select(bar => Bar(bar.day, VixClose(bar.back), VixClose(bar.back), VixClose(bar.back)))];

    private List<KiteBar> IndexBars(DateOnly from, DateOnly to)
    {
        var days = Days(from, AddsToday ? Friday : to);
        return [.. days.Select(day =>
        {
            var close = 26_000 * (1 + (day.DayNumber % 2 == 0 ? DailyMove : 0) / 100);
            return Bar(day, close, close * (1 + (DailyRange / 200)), close * (1 - (DailyRange / 200)));
        })];
    }

    private List<KiteBar> Intraday(DateOnly from, DateTimeOffset until) =>
        [.. Days(from, Ist.DayOf(until)).SelectMany(day => Enumerable.Range(0, 25).Select(i => Ist.At(day, new TimeOnly(9, 15)).AddMinutes(15 * i)))
            .Where(start => start <= until)
            .Select((start, i) => new KiteBar(start, 26_000, 26_000 * (1 + (IntradayRange / 100)), 26_000, 26_000, 0))];

    private static List<DateOnly> Days(DateOnly from, DateOnly to)
    {
        List<DateOnly> days = [];
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (Rules.IsTradingDay(day))
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static KiteBar Bar(DateOnly day, decimal close, decimal high, decimal low) => new(Ist.At(day, TimeOnly.MinValue), close, high, low, close, 0);
}
