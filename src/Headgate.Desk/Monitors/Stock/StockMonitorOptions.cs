using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>The stock monitor's thresholds: section <c>desk:stock</c>. Percentages are per cent, not shares.</summary>
public sealed record StockMonitorOptions
{
    /// <summary>First cycle, Indian time. Default 09:25.</summary>
    public TimeOnly From { get; init; } = new(9, 25);

    /// <summary>Last cycle. Default 15:25.</summary>
    public TimeOnly To { get; init; } = new(15, 25);

    /// <summary>Between cycles. Default 5 minutes; the checks' windows are made for it.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Alert about rises too. Default true. <c>ENABLE_RISE_ALERTS</c>.</summary>
    public bool RiseAlerts { get; init; } = true;

    /// <summary>Least 5-minute change with a volume spike. Default 1.2.</summary>
    public decimal VolumeSpikePercent { get; init; } = 1.2m;

    /// <summary>A spike is more than this times the mean of the intervals before. Default 2.5.</summary>
    public decimal VolumeSpikeMultiple { get; init; } = 2.5m;

    /// <summary>Fewest earlier 5-minute intervals that make a mean. Default 3. <c>VOLUME_MIN_HISTORY</c>.</summary>
    public int VolumeMinHistory { get; init; } = 3;

    /// <summary>Most earlier intervals looked at. Default 6.</summary>
    public int VolumeMaxHistory { get; init; } = 6;

    /// <summary>Least 5-minute change. Default 1.25.</summary>
    public decimal FiveMinutePercent { get; init; } = 1.25m;

    /// <summary>Least 10-minute change. Default 2.</summary>
    public decimal TenMinutePercent { get; init; } = 2.0m;

    /// <summary>Least 30-minute change. Default 3.</summary>
    public decimal ThirtyMinutePercent { get; init; } = 3.0m;

    /// <summary>Between two volume spike alerts about a stock, per direction. Default 15 minutes.</summary>
    public TimeSpan VolumeSpikeCooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between two 5-minute alerts. Default 10 minutes.</summary>
    public TimeSpan FiveMinuteCooldown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Between two 10-minute alerts. Default 10 minutes; the original had none and repeated itself every cycle.</summary>
    public TimeSpan TenMinuteCooldown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Between two 30-minute alerts. Default 30 minutes.</summary>
    public TimeSpan ThirtyMinuteCooldown { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Stocks whose drops carry a pharma note, by comma.</summary>
    public string Pharma { get; init; } = "SUNPHARMA,DRREDDY,CIPLA,DIVISLAB,APOLLOHOSP,AUROPHARMA,LUPIN,TORNTPHARM,BIOCON,ALKEM,ZYDUSLIFE";

    /// <summary>Cycles whose sectors are compared for a rotation, Indian time, by comma. Default <c>09:30,12:30,15:15</c>; empty never.</summary>
    public string SectorSnapshots { get; init; } = "09:30,12:30,15:15";

    /// <summary>Cycle of the day's sector summary. Default 15:25.</summary>
    public TimeOnly SectorSummaryAt { get; init; } = new(15, 25);

    /// <summary>Least difference of the strongest and the weakest sector's momentum that is a rotation. Default 2.</summary>
    public decimal RotationGap { get; init; } = 2.0m;

    internal IReadOnlyList<string> PharmaSymbols => Pharma.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal bool IsSectorSnapshot(DateTimeOffset cycle) => SectorSnapshots
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(text => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture) == Ist.TimeOf(cycle));
}
