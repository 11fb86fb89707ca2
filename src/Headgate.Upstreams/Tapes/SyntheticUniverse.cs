namespace Headgate.Upstreams.Tapes;

/// <summary>Symbols a synthetic tape lists when the caller names none.</summary>
public static class SyntheticUniverse
{
    private const string Shares =
        "AARTIIND ABB ABBOTINDIA ABCAPITAL ABFRL ACC ADANIENT ADANIGREEN ADANIPORTS ADANIPOWER ALKEM AMBUJACEM ANGELONE APLAPOLLO APOLLOHOSP APOLLOTYRE ASHOKLEY "
        + "ASIANPAINT ASTRAL ATGL ATUL AUBANK AUROPHARMA AXISBANK BAJAJ-AUTO BAJAJFINSV BAJFINANCE BALKRISIND BANDHANBNK BANKBARODA BANKINDIA BATAINDIA BDL BEL "
        + "BERGEPAINT BHARATFORG BHARTIARTL BHEL BIOCON BOSCHLTD BPCL BRITANNIA BSE BSOFT CAMS CANBK CANFINHOME CDSL CESC CGPOWER CHAMBLFERT CHOLAFIN CIPLA "
        + "COALINDIA COFORGE COLPAL CONCOR COROMANDEL CROMPTON CUB CUMMINSIND CYIENT DABUR DALBHARAT DEEPAKNTR DELHIVERY DIVISLAB DIXON DLF DMART DRREDDY EICHERMOT "
        + "ESCORTS EXIDEIND FEDERALBNK FORTIS GAIL GLENMARK GMRAIRPORT GNFC GODREJCP GODREJPROP GRANULES GRASIM GUJGASLTD HAL HAVELLS HCLTECH HDFCAMC HDFCBANK "
        + "HDFCLIFE HEROMOTOCO HFCL HINDALCO HINDCOPPER HINDPETRO HINDUNILVR HUDCO ICICIBANK ICICIGI ICICIPRULI IDEA IDFCFIRSTB IEX IGL INDHOTEL INDIAMART INDIANB "
        + "INDIGO INDUSINDBK INDUSTOWER INFY IOC IPCALAB IRB IRCTC IREDA IRFC ITC JINDALSTEL JIOFIN JKCEMENT JSL JSWENERGY JSWSTEEL JUBLFOOD KALYANKJIL KEI KOTAKBANK "
        + "KPITTECH LALPATHLAB LAURUSLABS LICHSGFIN LICI LODHA LT LTF LTIM LTTS LUPIN M&M M&MFIN MANAPPURAM MARICO MARUTI MAXHEALTH MCX METROPOLIS MFSL MGL MOTHERSON "
        + "MPHASIS MRF MUTHOOTFIN NATIONALUM NAUKRI NAVINFLUOR NBCC NCC NESTLEIND NHPC NMDC NTPC NYKAA OBEROIRLTY OFSS OIL ONGC PAGEIND PATANJALI PAYTM PEL PERSISTENT "
        + "PETRONET PFC PHOENIXLTD PIDILITIND PIIND PNB POLICYBZR POLYCAB POONAWALLA POWERGRID PRESTIGE PVRINOX RAMCOCEM RBLBANK RECLTD RELIANCE SAIL SBICARD SBILIFE "
        + "SBIN SHREECEM SHRIRAMFIN SIEMENS SJVN SOLARINDS SONACOMS SRF SUNPHARMA SUNTV SUPREMEIND SYNGENE TATACHEM TATACOMM TATACONSUM TATAELXSI TATAMOTORS TATAPOWER "
        + "TATASTEEL TATATECH TCS TECHM TIINDIA TITAN TORNTPHARM TORNTPOWER TRENT TVSMOTOR UBL ULTRACEMCO UNIONBANK UNITDSPR UPL VBL VEDL VOLTAS WIPRO YESBANK ZEEL "
        + "ZYDUSLIFE";

    // Levels are round figures of the years 2025 and 2026, so that strikes and lots look familiar.
    private static readonly SyntheticSymbol[] Indices =
    [
        new("NIFTY 50", 2_450_000, IsIndex: true),
        new("NIFTY BANK", 5_200_000, IsIndex: true),
        new("NIFTY FIN SERVICE", 2_400_000, IsIndex: true),
        new("NIFTY MID SELECT", 1_250_000, IsIndex: true),
        new("NIFTY NEXT 50", 6_500_000, IsIndex: true),
        new("NIFTY IT", 3_800_000, IsIndex: true),
        new("NIFTY AUTO", 2_300_000, IsIndex: true),
        new("NIFTY PHARMA", 2_150_000, IsIndex: true),
        new("NIFTY METAL", 900_000, IsIndex: true),
        new("INDIA VIX", 1_400, TickUnits: 1, IsIndex: true),
    ];

    // The shares every example uses; all others follow from their names.
    private static readonly Dictionary<string, long> FamiliarUnits = new(StringComparer.Ordinal)
    {
        ["INFY"] = 150_000, ["TCS"] = 330_000, ["RELIANCE"] = 140_000, ["SBIN"] = 85_000, ["HDFCBANK"] = 100_000, ["ICICIBANK"] = 140_000, ["ITC"] = 42_000,
        ["LT"] = 360_000, ["AXISBANK"] = 115_000, ["WIPRO"] = 25_000, ["TATASTEEL"] = 16_000, ["ASHOKLEY"] = 14_000, ["MARUTI"] = 1_450_000, ["MRF"] = 14_000_000,
    };

    private static readonly (string Name, long Units, int Decimals)[] Coins =
    [
        ("BTC", 9_500_000, 2), ("ETH", 320_000, 2), ("SOL", 15_000, 2), ("XRP", 22_000, 4), ("ADA", 7_500, 4), ("DOGE", 18_000, 5), ("AVAX", 3_000, 2), ("LTC", 10_000, 2),
        ("LINK", 1_500, 2), ("DOT", 500, 2), ("BCH", 45_000, 2), ("UNI", 800, 2), ("ATOM", 600, 2), ("ALGO", 2_000, 4), ("SHIB", 1_200, 8), ("MATIC", 4_000, 4),
    ];

    /// <summary>About 230 well-known NSE shares, ten indices, and made-up shares <c>STK0001</c>… behind them.</summary>
    /// <param name="madeUp">How many made-up shares, 0 to 9,999; default 1,000.</param>
    public static IReadOnlyList<SyntheticSymbol> Nse(int madeUp = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(madeUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(madeUp, 9999);
        var symbols = new List<SyntheticSymbol>(Indices);
        symbols.AddRange(Shares.Split(' ').Select(Share));
        symbols.AddRange(Enumerable.Range(1, madeUp).Select(i => Share($"STK{i:0000}")));
        return symbols;
    }

    /// <summary>Sixteen coins against USD, the first three against EUR as well.</summary>
    public static IReadOnlyList<SyntheticSymbol> Crypto() =>
        [.. Coins.Select(c => new SyntheticSymbol($"{c.Name}-USD", c.Units, c.Decimals, 1)), .. Coins.Take(3).Select(c => new SyntheticSymbol($"{c.Name}-EUR", c.Units * 92 / 100, c.Decimals, 1))];

    /// <summary>A share whose base price follows from its name: familiar where the share is, else between 200 and 4,200.</summary>
    public static SyntheticSymbol Share(string name) =>
        new(name, FamiliarUnits.TryGetValue(name, out var units) ? units : 20_000 + ((long)(SyntheticPath.Hash(name) % 8_000) * 50));
}
