namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>Sheets and columns of <c>alert_tracking.xlsx</c>, by the replaced system's names.</summary>
public static class AlertSheets
{
    public const string OneMinute = "1min_alerts";
    public const string FiveMinutes = "5min_alerts";
    public const string TenMinutes = "10min_alerts";
    public const string ThirtyMinutes = "30min_alerts";
    public const string VolumeSpike = "Volume_Spike_alerts";
    public const string AtrBreakout = "ATR_Breakout_alerts";
    public const string PriceAction = "Price_Action_alerts";

    /// <summary>The sectors at the end of each day; a sheet of its own, written when there is something in it.</summary>
    public const string Sectors = "Sector_Summary";

    private static readonly string[] Rsi = ["RSI(9)", "RSI(14)", "RSI(21)", "RSI 9vs14", "RSI 9vs21", "RSI 14vs21", "RSI Recent Cross", "RSI Summary"];

    private static readonly string[] Standard =
    [
        "Date", "Time", "Symbol", "Direction", "Alert Price", "Previous Price", "Change %", "Change (Rs)", "Volume", "Avg Volume", "Volume Multiplier",
        "Market Cap (Cr)", "Telegram Sent", .. Rsi, "OI Current", "OI Change %", "OI Pattern", "OI Signal", "OI Strength", "OI Priority",
        "Price 2min", "Price 10min", "Price EOD", "Status", "Row ID",
    ];

    // The priority is what tells the one-minute monitor's two kinds apart.
    private static readonly string[] Minute = [.. Standard, "Priority"];

    private static readonly string[] Atr =
    [
        "Date", "Time", "Symbol", "Open", "Entry Level", "Current Price", "Breakout Distance", "ATR(20)", "ATR(30)", "Volatility Filter", "Stop Loss",
        "Risk Amount", "Risk %", "Volume", "Market Cap (Cr)", "Telegram Sent", .. Rsi, "Price 2min", "Price 10min", "Price EOD", "Status", "Row ID", "Day of Week",
    ];

    private static readonly string[] Sector = ["Date", "Time", "Sector", "Stocks", "Change 5min %", "Change 10min %", "Change 30min %", "Volume Ratio", "Breadth %", "Participation", "Momentum"];

    /// <summary>All seven, in the workbook's order.</summary>
    public static IReadOnlyList<string> All { get; } = [OneMinute, FiveMinutes, TenMinutes, ThirtyMinutes, VolumeSpike, AtrBreakout, PriceAction];

    /// <summary>Columns of a sheet.</summary>
    public static IReadOnlyList<string> ColumnsOf(string sheet) => sheet switch
    {
        AtrBreakout => Atr,
        OneMinute => Minute,
        Sectors => Sector,
        _ => Standard,
    };

    /// <summary>The sheet of an alert type, or null: <c>5min_rise</c> and <c>5min</c> share one, <c>1min-HIGH</c> and <c>1min-NORMAL</c> belong to <c>1min</c>'s.</summary>
    public static string? Of(string type) => type.Split('_', '-')[0] switch
    {
        "1min" => OneMinute,
        "5min" => FiveMinutes,
        "10min" => TenMinutes,
        "30min" => ThirtyMinutes,
        "volume" => VolumeSpike,
        "atr" => AtrBreakout,
        "price" => PriceAction,
        _ => null,
    };
}
