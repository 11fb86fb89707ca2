namespace Headgate.Desk.Monitors.OneMinute;

/// <summary>The one-minute monitor's thresholds: section <c>desk:onemin</c>.</summary>
public sealed record OneMinuteOptions
{
    /// <summary>Off asks nothing and alerts nobody. Default on. <c>ENABLE_1MIN_ALERTS</c>.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>First cycle, Indian time. Default 09:25.</summary>
    public TimeOnly From { get; init; } = new(9, 25);

    /// <summary>Last cycle. Default 15:25.</summary>
    public TimeOnly To { get; init; } = new(15, 25);

    /// <summary>Least mean daily volume, shares. Default 500,000. A stock whose volume is not known is looked at.</summary>
    public long AverageDailyVolumeMin { get; init; } = 500_000;

    /// <summary>The 1-minute change must be beyond this, per cent, strictly. Default 0.5.</summary>
    public decimal ChangePercent { get; init; } = 0.5m;

    /// <summary>The last minute's volume must be more than this times the mean of the minutes before. Default 1.8.</summary>
    public decimal VolumeMultiple { get; init; } = 1.8m;

    /// <summary>Fewest earlier minutes that make a mean. Default 3.</summary>
    public int VolumeMinHistory { get; init; } = 3;

    /// <summary>Most earlier minutes looked at. Default 5.</summary>
    public int VolumeMaxHistory { get; init; } = 5;

    /// <summary>Least price, rupees. Default 50.</summary>
    public decimal PriceMin { get; init; } = 50;

    /// <summary>Between two alerts about a stock, drops and rises together. Default 10 minutes.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>No alert this long after a 5-minute alert about the stock. Default 180 s.</summary>
    public TimeSpan QuietAfterFiveMinute { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>High priority if the minute's rate is more than this times the rate of the four minutes before. Default 1.3.</summary>
    public decimal AccelerationMultiple { get; init; } = 1.3m;
}
