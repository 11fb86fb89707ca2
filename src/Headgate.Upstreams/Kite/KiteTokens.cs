using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>Instrument tokens: the real ones where widely quoted, else derived from the name, so that they are the same on every tape and day.</summary>
internal sealed class KiteTokens
{
    // A handful everybody knows from the documentation's own examples and from client code.
    private static readonly Dictionary<string, uint> WellKnown = new(StringComparer.Ordinal)
    {
        ["NSE:INFY"] = 408065, ["NSE:NIFTY 50"] = 256265, ["NSE:NIFTY BANK"] = 260105, ["NSE:INDIA VIX"] = 264969, ["NSE:SBIN"] = 779521,
        ["NSE:RELIANCE"] = 738561, ["NSE:TCS"] = 2953217, ["NSE:HDFCBANK"] = 341249, ["NSE:ICICIBANK"] = 1270529, ["NSE:ASHOKLEY"] = 54273,
        ["NSE:ITC"] = 424961, ["NSE:LT"] = 2939649, ["NSE:AXISBANK"] = 1510401, ["NSE:WIPRO"] = 969473, ["NSE:TATASTEEL"] = 895745,
    };

    private readonly HashSet<uint> _taken = [.. WellKnown.Values];

    /// <summary>The token of a name in a segment (1 NSE, 2 NFO, 4 BSE, 9 index). Ask in a fixed order: a collision moves the later name on.</summary>
    public uint Of(string key, uint segment)
    {
        if (WellKnown.TryGetValue(key, out var known))
        {
            return known;
        }

        var exchangeToken = (uint)(20_000 + (SyntheticPath.Hash(key) % 8_000_000));
        while (!_taken.Add((exchangeToken * 256) + segment))
        {
            exchangeToken++;
        }

        return (exchangeToken * 256) + segment;
    }
}
