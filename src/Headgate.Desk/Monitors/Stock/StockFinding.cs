using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>A check of the stock monitor that came true.</summary>
/// <param name="Check"><c>volume_spike</c>, <c>5min</c>, <c>10min</c> or <c>30min</c>.</param>
/// <param name="IsRise">Its direction.</param>
/// <param name="Then">What the price is compared with.</param>
/// <param name="ChangePercent">Signed.</param>
/// <param name="Cooldown">Between two alerts of it.</param>
/// <param name="Volume">The latest 5 minutes' volume beside the mean the check's message shows.</param>
public sealed record StockFinding(string Check, bool IsRise, PriceSample Then, decimal ChangePercent, TimeSpan Cooldown, VolumeReading? Volume)
{
    /// <summary>The alert's type: rises add <c>_rise</c>.</summary>
    public string Type => IsRise ? Check + "_rise" : Check;

    /// <summary>The window in minutes.</summary>
    public int Minutes => Check switch
    {
        "10min" => 10,
        "30min" => 30,
        _ => 5,
    };

    /// <summary>The workbook's sheet.</summary>
    public string Sheet => Check is "volume_spike" ? "Volume_Spike_alerts" : Check + "_alerts";
}
