using System.Globalization;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>All instruments of one day: the tape's shares and indices, and three monthly expiries of futures and index options on them.</summary>
internal sealed class KiteBook
{
    private const int StrikesEachSide = 10;

    private static readonly (string Index, string Name, int Lot, int StrikeStep)[] IndexUnderlyings =
    [
        ("NIFTY 50", "NIFTY", 65, 50), ("NIFTY BANK", "BANKNIFTY", 30, 100), ("NIFTY FIN SERVICE", "FINNIFTY", 60, 50),
        ("NIFTY MID SELECT", "MIDCPNIFTY", 120, 25), ("NIFTY NEXT 50", "NIFTYNXT50", 25, 100),
    ];

    private readonly Dictionary<string, KiteInstrument> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, KiteInstrument> _byToken = [];

    public KiteBook(IMarketTape tape, DateOnly day)
    {
        Day = day;
        var tokens = new KiteTokens();
        var rows = new List<KiteInstrument>();
        foreach (var symbol in tape.Symbols)
        {
            rows.Add(Cash(symbol, tokens));
        }

        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), KiteTime.Zone);
        foreach (var expiry in KiteExpiries.Nearest(day, 3))
        {
            foreach (var symbol in tape.Symbols)
            {
                AddDerivatives(rows, symbol, tape.LastAt(symbol.Name, midnight)!.Value, expiry, tokens);
            }
        }

        Instruments = rows;
        foreach (var row in rows)
        {
            _byKey[row.Key] = row;
            _byKey.TryAdd($"{row.Exchange}:{row.TapeSymbol}", row); // a recorded index may be asked for by the tape's own spelling
            _byToken[row.Token] = row;
        }
    }

    public DateOnly Day { get; }

    public IReadOnlyList<KiteInstrument> Instruments { get; }

    /// <summary>An instrument by <c>exchange:tradingsymbol</c> or by its token in decimal.</summary>
    public KiteInstrument? Find(string asked)
    {
        if (_byKey.TryGetValue(asked, out var found))
        {
            return found;
        }

        return uint.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? _byToken.GetValueOrDefault(token) : null;
    }

    private static KiteInstrument Cash(TapeSymbol symbol, KiteTokens tokens)
    {
        var name = symbol.IsIndex ? IndexName(symbol.Name) : symbol.Name;
        var token = tokens.Of($"NSE:{name}", symbol.IsIndex ? 9u : 1u);
        return new KiteInstrument(token, name, name, "NSE", symbol.IsIndex ? "INDICES" : "NSE", "EQ", null, 0, symbol.IsIndex ? 0 : 1, symbol.Name);
    }

    // Recorded tapes write NIFTYAUTO and INDIAVIX where Kite's trading symbol has a space.
    private static string IndexName(string name) => name switch
    {
        "INDIAVIX" => "INDIA VIX",
        _ when name.StartsWith("NIFTY", StringComparison.Ordinal) && name.Length > 5 && name[5] != ' ' => string.Concat("NIFTY ", name.AsSpan(5)),
        _ => name,
    };

    private static void AddDerivatives(List<KiteInstrument> rows, TapeSymbol symbol, decimal spot, DateOnly expiry, KiteTokens tokens)
    {
        var month = expiry.ToString("yyMMM", CultureInfo.InvariantCulture).ToUpperInvariant();
        if (!symbol.IsIndex)
        {
            if (!symbol.Name.StartsWith("STK", StringComparison.Ordinal))
            {
                rows.Add(Future(symbol.Name, symbol.Name, month, expiry, LotOf(symbol.Name), tokens));
            }

            return;
        }

        var name = IndexName(symbol.Name);
        foreach (var (index, underlying, lot, step) in IndexUnderlyings)
        {
            if (!string.Equals(index, name, StringComparison.Ordinal))
            {
                continue;
            }

            rows.Add(Future(underlying, symbol.Name, month, expiry, lot, tokens));
            var middle = Math.Round(spot / step, MidpointRounding.AwayFromZero) * step;
            for (var i = -StrikesEachSide; i <= StrikesEachSide; i++)
            {
                var strike = TapePrice.Trim(middle + (i * step));
                rows.Add(Option(underlying, symbol.Name, month, expiry, strike, "CE", lot, tokens));
                rows.Add(Option(underlying, symbol.Name, month, expiry, strike, "PE", lot, tokens));
            }
        }
    }

    private static KiteInstrument Future(string underlying, string tapeSymbol, string month, DateOnly expiry, int lot, KiteTokens tokens)
    {
        var symbol = $"{underlying}{month}FUT";
        return new KiteInstrument(tokens.Of($"NFO:{symbol}", 2), symbol, underlying, "NFO", "NFO-FUT", "FUT", expiry, 0, lot, tapeSymbol);
    }

    private static KiteInstrument Option(string underlying, string tapeSymbol, string month, DateOnly expiry, decimal strike, string kind, int lot, KiteTokens tokens)
    {
        var symbol = string.Create(CultureInfo.InvariantCulture, $"{underlying}{month}{strike}{kind}");
        return new KiteInstrument(tokens.Of($"NFO:{symbol}", 2), symbol, underlying, "NFO", "NFO-OPT", kind, expiry, strike, lot, tapeSymbol);
    }

    private static int LotOf(string symbol) => 25 * (1 + (int)(SyntheticPath.Hash(symbol) % 100));
}
