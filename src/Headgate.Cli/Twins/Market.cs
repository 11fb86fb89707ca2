using Headgate.Desk.Days;
using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>A tape and the clock that runs along it.</summary>
internal sealed record Market(IMarketTape Tape, TimeProvider Clock)
{
    private const int SyntheticSeed = 20261120;

    // A Friday before noon, so that there is something to see whenever it is started.
    private static readonly DateTimeOffset SyntheticStart = new(2026, 11, 20, 10, 0, 0, new TimeSpan(5, 30, 0));

    /// <summary>The tape's symbols as Kite names them.</summary>
    public IReadOnlyList<string> KiteInstruments { get; } = [.. Wanted(Tape).Select(name => $"NSE:{name}")];

    /// <summary>A market that is made up, and open.</summary>
    public static Market Synthetic(DateTimeOffset? at = null)
    {
        var tape = new SyntheticTape(SyntheticSeed, at ?? SyntheticStart);
        return new Market(tape, new TapeClock(tape.Start, TimeProvider.System));
    }

    /// <summary>What is made up for monitors follows from it.</summary>
    public const int DeskSeed = 1;

    /// <summary>A made-up market for monitors: with futures, options and earlier sessions, and lively enough for alerts.</summary>
    public static Market ForDesk(DateTimeOffset? at = null)
    {
        var start = at ?? SyntheticStart;
        var tape = KiteTapeDay.Made(DateOnly.FromDateTime(start.ToOffset(SyntheticStart.Offset).DateTime)).Tape(DeskSeed);
        return new Market(tape, new TapeClock(start, TimeProvider.System));
    }

    // Names people know come first; the rest follows in the tape's order. Indices have no depth and make dull quotes.
    private static IEnumerable<string> Wanted(IMarketTape tape)
    {
        string[] known = ["INFY", "TCS", "RELIANCE", "HDFCBANK", "ICICIBANK", "SBIN", "ITC", "LT", "AXISBANK", "WIPRO", "MARUTI", "TITAN"];
        var shares = tape.Symbols.Where(symbol => !symbol.IsIndex).Select(symbol => symbol.Name).ToList();
        return known.Intersect(shares, StringComparer.Ordinal).Concat(shares.Except(known, StringComparer.Ordinal));
    }
}
