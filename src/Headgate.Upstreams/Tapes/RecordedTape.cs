namespace Headgate.Upstreams.Tapes;

/// <summary>A market replayed from recorded minute bars, as a step function.</summary>
/// <remarks>
/// From mm:00 until the next minute the last price is the close of the bar that ended at mm:00, and the day's open before the
/// day's first bar has ended; between sessions the last close stands. Volume, high and low are those of finished bars (and the
/// open). Nothing else of an unfinished bar shows.
/// </remarks>
/// <threadsafety>Safe.</threadsafety>
public sealed class RecordedTape : IMarketTape
{
    private static readonly string[] IndexNames = ["INDIAVIX", "INDIA VIX"];

    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private RecordedTape(Dictionary<string, List<TapeBar>> table, IReadOnlyList<string> skipped)
    {
        foreach (var (symbol, bars) in table)
        {
            _series.Add(symbol, new Series(Ordered(symbol, bars)));
        }

        Symbols = [.. _series.Keys.Select(name => new TapeSymbol(name, IsIndex(name))).OrderBy(s => s.Name, StringComparer.Ordinal)];
        Start = _series.Values.Min(s => s.Bars[0].Start);
        Sessions = [.. _series.Values.SelectMany(s => s.Bars.Select(bar => DateOnly.FromDateTime(bar.Start.Date))).Distinct().Order()];
        Skipped = skipped;
    }

    public IReadOnlyList<TapeSymbol> Symbols { get; }

    public DateTimeOffset Start { get; }

    public TimeSpan Zone => Start.Offset;

    /// <summary>Days with at least one bar, oldest first.</summary>
    public IReadOnlyList<DateOnly> Sessions { get; }

    /// <summary>Files of a directory that were left out because their bars are not one minute long.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Loads files and directories of CSV files (<c>symbol,timestamp_ist,open,high,low,close,volume</c>, plain or gzip).</summary>
    /// <exception cref="FileNotFoundException">A path that is neither.</exception>
    /// <exception cref="InvalidDataException">A file that is no tape; a row that cannot be read; no minute bars at all.</exception>
    public static RecordedTape Load(params IReadOnlyList<string> paths)
    {
        var table = new Dictionary<string, List<TapeBar>>(StringComparer.Ordinal);
        var skipped = new List<string>();
        foreach (var path in paths)
        {
            foreach (var file in RecordedTapeReader.Expand(path))
            {
                if (!RecordedTapeReader.Read(file, table))
                {
                    skipped.Add(file);
                }
            }
        }

        if (table.Count == 0)
        {
            throw new InvalidDataException($"no one-minute bars in {string.Join(", ", paths)}");
        }

        return new RecordedTape(table, skipped);
    }

    public TapeQuote? QuoteAt(string symbol, DateTimeOffset now)
    {
        if (!_series.TryGetValue(symbol, out var series))
        {
            return null;
        }

        lock (_gate)
        {
            var begun = Math.Max(0, series.LastStartedAt(now)); // before the tape: as at its first minute
            var first = series.FirstOfDay(begun);
            var finished = series.Bars[begun].Start.AddMinutes(1) <= now ? begun + 1 : begun; // index after the last finished bar
            var open = series.Bars[first].Open;
            var running = series.Advance(first, finished);
            var previous = first > 0 ? series.Bars[first - 1].Close : open;
            return finished == first
                ? new TapeQuote(open, open, open, open, previous, 0, 0, series.Bars[first].Start)
                : new TapeQuote(
                    series.Bars[finished - 1].Close, open, running.High, running.Low, previous, running.Volume, running.Turnover,
                    series.Bars[finished - 1].Start.AddMinutes(1));
        }
    }

    public decimal? LastAt(string symbol, DateTimeOffset now) => QuoteAt(symbol, now)?.Last;

    public IReadOnlyList<TapeBar> Minutes(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (!_series.TryGetValue(symbol, out var series))
        {
            return [];
        }

        var last = now.AddMinutes(-1);
        var begin = series.FirstNotBefore(from);
        var end = series.LastStartedAt(to < last ? to : last);
        return end < begin ? [] : series.Bars[begin..(end + 1)];
    }

    public IReadOnlyList<TapeBar> Days(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var days = new List<TapeBar>();
        foreach (var bar in Minutes(symbol, Midnight(from), Midnight(to).AddDays(1).AddTicks(-1), now))
        {
            var midnight = Midnight(bar.Start);
            if (midnight < from || midnight > to)
            {
                continue;
            }

            if (days.Count > 0 && days[^1].Start == midnight)
            {
                days[^1] = TapeBars.Merge(days[^1], bar);
            }
            else
            {
                days.Add(bar with { Start = midnight });
            }
        }

        return days;
    }

    private static bool IsIndex(string name) =>
        name.StartsWith("NIFTY", StringComparison.Ordinal) || name.StartsWith("BANKNIFTY", StringComparison.Ordinal) || IndexNames.Contains(name, StringComparer.Ordinal);

    private static TapeBar[] Ordered(string symbol, List<TapeBar> bars)
    {
        var ordered = bars.OrderBy(b => b.Start).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].Start == ordered[i - 1].Start)
            {
                throw new InvalidDataException($"{symbol} has two bars at {ordered[i].Start:yyyy-MM-dd HH:mm}; name each day once");
            }
        }

        return ordered;
    }

    private DateTimeOffset Midnight(DateTimeOffset at)
    {
        var local = at.ToOffset(Zone);
        return new DateTimeOffset(local.Date, Zone);
    }

    private sealed class Series(TapeBar[] bars)
    {
        private Running _running = new(-1, 0, 0, 0, 0, 0);

        public TapeBar[] Bars => bars;

        /// <summary>Index of the last bar that begins at or before a moment; -1 when none does.</summary>
        public int LastStartedAt(DateTimeOffset at) => FirstNotBefore(at.AddTicks(1)) - 1;

        /// <summary>Index of the first bar that begins at or after a moment; the length when none does.</summary>
        public int FirstNotBefore(DateTimeOffset at)
        {
            var (low, high) = (0, bars.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = bars[middle].Start < at ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        public int FirstOfDay(int index) => FirstNotBefore(new DateTimeOffset(bars[index].Start.Date, bars[index].Start.Offset));

        /// <summary>High, low, volume and turnover of bars [first, end) and the open; going forward costs only the new bars.</summary>
        public Running Advance(int first, int end)
        {
            if (_running.First != first || _running.End > end)
            {
                _running = new Running(first, first, bars[first].Open, bars[first].Open, 0, 0);
            }

            for (var i = _running.End; i < end; i++)
            {
                var bar = bars[i];
                _running = new Running(
                    first,
                    i + 1,
                    bar.High > _running.High ? bar.High : _running.High,
                    bar.Low < _running.Low ? bar.Low : _running.Low,
                    _running.Volume + bar.Volume,
                    _running.Turnover + (bar.Volume * bar.Close));
            }

            return _running;
        }
    }

    private readonly record struct Running(int First, int End, decimal High, decimal Low, decimal Volume, decimal Turnover);
}
