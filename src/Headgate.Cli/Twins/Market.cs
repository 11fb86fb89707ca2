using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>A tape and the clock that runs along it.</summary>
internal sealed record Market(IMarketTape Tape, TimeProvider Clock)
{
    /// <summary>The tape's symbols as Kite names them.</summary>
    public IReadOnlyList<string> KiteInstruments { get; } = [.. Wanted(Tape).Select(name => $"NSE:{name}")];

    // Names people know come first; the rest follows in the tape's order. Indices have no depth and make dull quotes.
    private static IEnumerable<string> Wanted(IMarketTape tape)
    {
        string[] known = ["INFY", "TCS", "RELIANCE", "HDFCBANK", "ICICIBANK", "SBIN", "ITC", "LT", "AXISBANK", "WIPRO", "MARUTI", "TITAN"];
        var shares = tape.Symbols.Where(symbol => !symbol.IsIndex).Select(symbol => symbol.Name).ToList();
        return known.Intersect(shares, StringComparer.Ordinal).Concat(shares.Except(known, StringComparer.Ordinal));
    }
}
