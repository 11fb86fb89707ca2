using Headgate.Upstreams.Tapes;

namespace Headgate.Desk.Days;

/// <summary>One day of the Indian market to be lived.</summary>
/// <param name="Day">The day.</param>
/// <param name="Tape">The market from a seed; the recorded part is the same for every seed.</param>
/// <param name="Synthetic">What of it is made up, for reports.</param>
public sealed record KiteTapeDay(DateOnly Day, Func<int, IMarketTape> Tape, IReadOnlyList<string> Synthetic)
{
    private const string VolatilityIndex = "INDIAVIX";

    // As many shares with futures as the replaced system watched.
    private const int SharesOfSyntheticDays = 209;

    // Every so many a share that moves enough for alerts.
    private const int LivelyEvery = 6;
    private const int Lively = 9;

    private static readonly TimeSpan Ist = new(5, 30, 0);

    private static readonly string[] Always = ["futures and their open interest", "options by Black and Scholes on the volatility index"];

    /// <summary>A day on which every price is made up.</summary>
    /// <param name="day">A trading day.</param>
    public static KiteTapeDay Made(DateOnly day)
    {
        var universe = SyntheticUniverse.Nse(0);
        var shares = universe.Where(symbol => !symbol.IsIndex).Take(SharesOfSyntheticDays).Select((symbol, i) => i % LivelyEvery == 0 ? symbol with { Liveliness = Lively } : symbol);
        IReadOnlyList<SyntheticSymbol> symbols = [.. universe.Where(symbol => symbol.IsIndex), .. shares];
        var open = new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 15)), Ist);
        return new KiteTapeDay(day, seed => new SyntheticTape(seed, open, symbols, stepSeconds: 60), ["all prices", .. Always]);
    }

    /// <summary>Recorded days, oldest first.</summary>
    /// <param name="paths">Files or directories of one-minute bars; a file of day bars among them is the volatility index's past.</param>
    /// <exception cref="FileNotFoundException">A path that is neither.</exception>
    /// <exception cref="InvalidDataException">A file that cannot be read as bars; names file and line.</exception>
    public static IReadOnlyList<KiteTapeDay> Recorded(IReadOnlyList<string> paths)
    {
        var past = paths.FirstOrDefault(path => File.Exists(path) && DailyBars.IsDaily(path));
        var recorded = RecordedTape.Load([.. paths.Where(path => !string.Equals(path, past, StringComparison.Ordinal))]);
        var daily = past is null ? null : new Dictionary<string, IReadOnlyList<TapeBar>>(StringComparer.Ordinal) { [VolatilityIndex] = DailyBars.Load(past, recorded.Zone) };
        List<string> made = ["NIFTY 50", "sessions before the recording", .. Always];
        if (past is null || recorded.Symbols.All(symbol => !string.Equals(symbol.Name, VolatilityIndex, StringComparison.Ordinal)))
        {
            made.Add("the volatility index's past");
        }

        // Three runs and all days share one market.
        var tapes = new Dictionary<int, CompletedTape>();
        CompletedTape Of(int seed) => tapes.TryGetValue(seed, out var known) ? known : tapes[seed] = new CompletedTape(recorded, seed, daily);
        return [.. recorded.Sessions.Select(day => new KiteTapeDay(day, Of, made))];
    }
}
