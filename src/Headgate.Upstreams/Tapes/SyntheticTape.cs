namespace Headgate.Upstreams.Tapes;

/// <summary>A made-up market: the same seed gives the same prices in every process; prices step every second within sessions.</summary>
/// <threadsafety>Safe. The memory of running days speeds up answers and never changes them.</threadsafety>
public sealed class SyntheticTape : IMarketTape
{
    private readonly int _seed;
    private readonly int _stepSeconds;
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="seed">What all prices follow from.</param>
    /// <param name="start">The tape's first minute; any moment before and after has prices too.</param>
    /// <param name="symbols">Listed symbols; null lists <see cref="SyntheticUniverse.Nse"/>.</param>
    /// <param name="session">When it trades; null is <see cref="TapeSession.Nse"/>.</param>
    /// <param name="stepSeconds">How long a price stands, 1 to 60 seconds; default 1.</param>
    public SyntheticTape(int seed, DateTimeOffset start, IReadOnlyList<SyntheticSymbol>? symbols = null, TapeSession? session = null, int stepSeconds = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stepSeconds, 60);
        _seed = seed;
        _stepSeconds = stepSeconds;
        Session = session ?? TapeSession.Nse;
        Start = start.ToOffset(Session.Zone);
        foreach (var symbol in symbols ?? SyntheticUniverse.Nse())
        {
            _series.Add(symbol.Name, new Series(symbol, NewPath(symbol)));
        }

        Symbols = [.. _series.Values.Select(s => new TapeSymbol(s.Symbol.Name, s.Symbol.IsIndex)).OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<TapeSymbol> Symbols { get; }

    public DateTimeOffset Start { get; }

    public TimeSpan Zone => Session.Zone;

    /// <summary>When this market trades.</summary>
    public TapeSession Session { get; }

    public TapeQuote? QuoteAt(string symbol, DateTimeOffset now)
    {
        if (!_series.TryGetValue(symbol, out var series))
        {
            return null;
        }

        var (day, open, elapsed) = Position(now);
        var minutes = (int)(elapsed / 60);
        lock (_gate)
        {
            var running = Advance(series, MinuteOf(open), minutes);
            var last = minutes == Session.Minutes
                ? series.Path.AtMinute(MinuteOf(open) + Session.Minutes)
                : Intraminute(series, MinuteOf(open) + minutes, (int)(elapsed % 60), ref running);
            var previous = series.Path.AtMinute(MinuteOf(Session.OpenOf(Session.Before(day))) + Session.Minutes);
            return new TapeQuote(
                Price(series, last),
                Price(series, series.Path.AtMinute(MinuteOf(open))),
                Price(series, running.High),
                Price(series, running.Low),
                Price(series, previous),
                running.Volume,
                TapePrice.FromUnits(running.Turnover, 0) * series.TickValue,
                open.AddSeconds(elapsed));
        }
    }

    public decimal? LastAt(string symbol, DateTimeOffset now)
    {
        if (!_series.TryGetValue(symbol, out var series))
        {
            return null;
        }

        var (_, open, elapsed) = Position(now);
        var minute = MinuteOf(open) + (elapsed / 60);
        return Price(series, elapsed == Session.Minutes * 60L ? series.Path.AtMinute(minute) : AtSecond(series.Path, Range(series.Path, minute), minute, (int)(elapsed % 60)));
    }

    public IReadOnlyList<TapeBar> Minutes(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var bars = new List<TapeBar>();
        if (_series.TryGetValue(symbol, out var series))
        {
            for (var day = LocalDay(from); day <= LocalDay(to < now ? to : now); day = day.AddDays(1))
            {
                AddDay(bars, series, day, from, to, now);
            }
        }

        return bars;
    }

    public IReadOnlyList<TapeBar> Days(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var bars = new List<TapeBar>();
        if (!_series.TryGetValue(symbol, out var series))
        {
            return bars;
        }

        for (var day = LocalDay(from); day <= LocalDay(to < now ? to : now); day = day.AddDays(1))
        {
            var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Zone);
            if (midnight >= from && Session.IsSession(day) && DayBar(series, day, now) is { } bar)
            {
                bars.Add(bar with { Start = midnight });
            }
        }

        return bars;
    }

    private void AddDay(List<TapeBar> bars, Series series, DateOnly day, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (!Session.IsSession(day))
        {
            return;
        }

        var open = Session.OpenOf(day);
        for (var i = 0; i < Session.Minutes; i++)
        {
            var start = open.AddMinutes(i);
            if (start > to || start.AddMinutes(1) > now)
            {
                return;
            }

            if (start >= from)
            {
                bars.Add(Bar(series, MinuteOf(open) + i, start));
            }
        }
    }

    private TapeBar? DayBar(Series series, DateOnly day, DateTimeOffset now)
    {
        var open = Session.OpenOf(day);
        var minutes = (int)Math.Min(Session.Minutes, (now.UtcTicks - open.UtcTicks) / TimeSpan.TicksPerMinute);
        if (minutes <= 0)
        {
            return null;
        }

        lock (_gate)
        {
            var running = Advance(series, MinuteOf(open), minutes);
            return new TapeBar(
                open,
                Price(series, series.Path.AtMinute(MinuteOf(open))),
                Price(series, running.High),
                Price(series, running.Low),
                Price(series, series.Path.AtMinute(MinuteOf(open) + minutes)),
                running.Volume);
        }
    }

    private static TapeBar Bar(Series series, long minute, DateTimeOffset start)
    {
        var (open, high, low, close) = Range(series.Path, minute);
        return new TapeBar(start, Price(series, open), Price(series, high), Price(series, low), Price(series, close), series.Path.Volume(minute));
    }

    private static (long Open, long High, long Low, long Close) Range(SyntheticPath path, long minute)
    {
        var open = path.AtMinute(minute);
        var close = path.AtMinute(minute + 1);
        var (up, down) = path.Reach(minute);
        return (open, Math.Max(open, close) + up, Math.Max(1, Math.Min(open, close) - down), close);
    }

    // The state of a day after a number of finished minutes. Going forward costs only the new minutes.
    private static Running Advance(Series series, long openMinute, int minutes)
    {
        var running = series.Running;
        if (running.OpenMinute != openMinute || running.Minutes > minutes)
        {
            var open = series.Path.AtMinute(openMinute);
            running = new Running(openMinute, 0, open, open, 0, 0);
        }

        for (var i = running.Minutes; i < minutes; i++)
        {
            var (_, high, low, close) = Range(series.Path, openMinute + i);
            var volume = series.Path.Volume(openMinute + i);
            running = new Running(
                openMinute, i + 1, Math.Max(running.High, high), Math.Min(running.Low, low), running.Volume + volume, running.Turnover + (volume * close));
        }

        series.Running = running;
        return running;
    }

    // The last price at a second of the forming minute, held inside the minute's range; high and low follow what was seen of it.
    private static long Intraminute(Series series, long minute, int second, ref Running running)
    {
        var range = Range(series.Path, minute);
        var last = range.Open;
        for (var s = 1; s <= second; s++)
        {
            last = AtSecond(series.Path, range, minute, s);
            running = running with { High = Math.Max(running.High, last), Low = Math.Min(running.Low, last) };
        }

        var traded = series.Path.Volume(minute) * second / 60;
        running = running with { Volume = running.Volume + traded, Turnover = running.Turnover + (traded * last) };
        return last;
    }

    // Around the straight line from open to close; the minute begins exactly at its open.
    private static long AtSecond(SyntheticPath path, (long Open, long High, long Low, long Close) range, long minute, int second) =>
        second == 0
            ? range.Open
            : Math.Clamp(range.Open + ((range.Close - range.Open) * second / 60) + path.Step(minute, second), range.Low, range.High);

    // The session a moment belongs to and how many of its seconds have passed, in steps.
    private (DateOnly Day, DateTimeOffset Open, long Elapsed) Position(DateTimeOffset now)
    {
        var day = Session.SessionAt(now);
        var open = Session.OpenOf(day);
        var second = (now.UtcTicks - open.UtcTicks) / TimeSpan.TicksPerSecond;
        return (day, open, Math.Min(second - (second % _stepSeconds), Session.Minutes * 60L));
    }

    private SyntheticPath NewPath(SyntheticSymbol symbol) =>
        new(_seed, symbol.Name, Math.Max(1, symbol.BaseUnits / symbol.TickUnits), symbol.IsIndex, symbol.Liveliness);

    private DateOnly LocalDay(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Zone).Date);

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private static decimal Price(Series series, long ticks) => TapePrice.FromUnits(ticks * series.Symbol.TickUnits, series.Symbol.Decimals);

    private sealed class Series(SyntheticSymbol symbol, SyntheticPath path)
    {
        public SyntheticSymbol Symbol => symbol;

        public SyntheticPath Path => path;

        public decimal TickValue { get; } = TapePrice.FromUnits(symbol.TickUnits, symbol.Decimals);

        public Running Running { get; set; } = new(long.MinValue, 0, 0, 0, 0, 0);
    }

    private readonly record struct Running(long OpenMinute, int Minutes, long High, long Low, long Volume, long Turnover);
}
