namespace Headgate.Upstreams.Tapes;

/// <summary>
/// A recorded tape with what it lacks made up behind it: the sessions before its first day, and symbols nobody recorded (NIFTY 50). What is recorded goes
/// first; made-up history ends where the recording begins, so that the two join without a jump.
/// </summary>
/// <remarks>Everything that is made up follows from the seed. Prices stand for a whole minute, as recorded ones do.</remarks>
/// <threadsafety>Safe.</threadsafety>
public sealed class CompletedTape : IMarketTape
{
    private const int CentsPerUnit = 100;

    private readonly RecordedTape _recorded;
    private readonly SyntheticTape _behind;
    private readonly HashSet<string> _names;
    private readonly DateTimeOffset _midnight; // the recording's first local midnight
    private readonly Dictionary<string, IReadOnlyList<TapeBar>> _daily;

    /// <param name="recorded">What was recorded.</param>
    /// <param name="seed">What the rest follows from.</param>
    /// <param name="daily">Recorded day bars by symbol, for the days before the recording; they go before made-up ones.</param>
    public CompletedTape(RecordedTape recorded, int seed, IReadOnlyDictionary<string, IReadOnlyList<TapeBar>>? daily = null)
    {
        _recorded = recorded;
        _names = [.. recorded.Symbols.Select(symbol => symbol.Name)];
        _midnight = new DateTimeOffset(recorded.Start.ToOffset(recorded.Zone).Date, recorded.Zone);
        _daily = (daily ?? new Dictionary<string, IReadOnlyList<TapeBar>>(StringComparer.Ordinal)).ToDictionary(
            entry => entry.Key, IReadOnlyList<TapeBar> (entry) => [.. entry.Value.Where(bar => bar.Start < _midnight).OrderBy(bar => bar.Start)], StringComparer.Ordinal);
        _behind = Behind(recorded, seed);
        Symbols = [.. recorded.Symbols.Concat(_behind.Symbols.Where(symbol => !_names.Contains(symbol.Name))).OrderBy(symbol => symbol.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<TapeSymbol> Symbols { get; }

    public DateTimeOffset Start => _recorded.Start;

    public TimeSpan Zone => _recorded.Zone;

    public TapeQuote? QuoteAt(string symbol, DateTimeOffset now)
    {
        if (!IsRecorded(symbol, now))
        {
            return _behind.QuoteAt(symbol, now);
        }

        // Before its first bar has begun a recording shows its first open, which nobody knew then.
        if (now < _recorded.Start)
        {
            return _behind.QuoteAt(symbol, now);
        }

        var quote = _recorded.QuoteAt(symbol, now);
        return quote is { } first && first.LastTradeAt < _midnight.AddDays(1) && CloseBefore(symbol) is { } close ? first with { PreviousClose = close } : quote;
    }

    public decimal? LastAt(string symbol, DateTimeOffset now) => IsRecorded(symbol, now) && now >= _recorded.Start ? _recorded.LastAt(symbol, now) : _behind.LastAt(symbol, now);

    public IReadOnlyList<TapeBar> Minutes(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (!_names.Contains(symbol))
        {
            return _behind.Minutes(symbol, from, to, now);
        }

        var before = from < _midnight ? _behind.Minutes(symbol, from, Earlier(to, _midnight.AddTicks(-1)), now) : [];
        return [.. before, .. _recorded.Minutes(symbol, from, to, now)];
    }

    public IReadOnlyList<TapeBar> Days(string symbol, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (!_names.Contains(symbol))
        {
            return _behind.Days(symbol, from, to, now);
        }

        if (from >= _midnight)
        {
            return _recorded.Days(symbol, from, to, now);
        }

        IReadOnlyList<TapeBar> before = _daily.TryGetValue(symbol, out var known)
            ? [.. known.Where(bar => bar.Start >= from && bar.Start <= to && bar.Start.AddDays(1) <= now)]
            : _behind.Days(symbol, from, Earlier(to, _midnight.AddTicks(-1)), now);
        return [.. before, .. to >= _midnight ? _recorded.Days(symbol, _midnight, to, now) : []];
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private bool IsRecorded(string symbol, DateTimeOffset now) => now >= _midnight && _names.Contains(symbol);

    private decimal? CloseBefore(string symbol) => _daily.TryGetValue(symbol, out var known) && known.Count > 0 ? known[^1].Close : _behind.LastAt(symbol, _midnight);

    // The path moves around a base; the base is chosen so that the last made-up close is the first recorded open.
    private static SyntheticTape Behind(RecordedTape recorded, int seed)
    {
        var opens = recorded.Symbols.ToDictionary(symbol => symbol.Name, symbol => recorded.QuoteAt(symbol.Name, recorded.Start)!.Value.Open, StringComparer.Ordinal);
        var midnight = new DateTimeOffset(recorded.Start.ToOffset(recorded.Zone).Date, recorded.Zone);
        var draft = new SyntheticTape(seed, recorded.Start, [.. recorded.Symbols.Select(symbol => Symbol(symbol, Units(opens[symbol.Name])))], stepSeconds: 60);
        var missing = SyntheticUniverse.Nse(0).Where(symbol => symbol.IsIndex && string.Equals(symbol.Name, "NIFTY 50", StringComparison.Ordinal) && !opens.ContainsKey(symbol.Name));
        var fitted = recorded.Symbols.Select(symbol =>
        {
            var open = opens[symbol.Name];
            return Symbol(symbol, Math.Max(CentsPerUnit, (long)(Units(open) * open / draft.LastAt(symbol.Name, midnight)!.Value)));
        });
        return new SyntheticTape(seed, recorded.Start, [.. fitted, .. missing], stepSeconds: 60);
    }

    private static long Units(decimal price) => Math.Max(CentsPerUnit, (long)(price * CentsPerUnit));

    private static SyntheticSymbol Symbol(TapeSymbol symbol, long units) => new(symbol.Name, units, TickUnits: symbol.IsIndex ? 1 : 5, IsIndex: symbol.IsIndex);
}
