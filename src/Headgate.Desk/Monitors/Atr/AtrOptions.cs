namespace Headgate.Desk.Monitors.Atr;

/// <summary>The ATR breakout monitor's thresholds: section <c>desk:atr</c>.</summary>
public sealed record AtrOptions
{
    /// <summary>First cycle, Indian time. Default 09:30.</summary>
    public TimeOnly From { get; init; } = new(9, 30);

    /// <summary>Last cycle. Default 15:00.</summary>
    public TimeOnly To { get; init; } = new(15, 0);

    /// <summary>Between cycles. Default 30 minutes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A candidate trades more than this many shares. Default 5,000,000 (50 lakh).</summary>
    public long CandidateVolume { get; init; } = 5_000_000;

    /// <summary>Or it is more than this far from its open, per cent. Default 1.</summary>
    public decimal CandidateMovePercent { get; init; } = 1.0m;

    /// <summary>Completed daily bars needed. Default 31, what a full ATR(30) takes.</summary>
    public int BarsMin { get; init; } = 31;

    /// <summary>Period of the ATR that entry and stop are made of. Default 20.</summary>
    public int ShortPeriod { get; init; } = 20;

    /// <summary>Period of the ATR it is compared with. Default 30.</summary>
    public int LongPeriod { get; init; } = 30;

    /// <summary>
    /// Entry = open + this × ATR. Default 2.5, as specified; 2.5 daily ranges above the open are rare, and the replaced system came to use 1.5.
    /// <c>ATR_ENTRY_MULTIPLIER</c>.
    /// </summary>
    public decimal EntryMultiplier { get; init; } = 2.5m;

    /// <summary>Stop = entry − this × ATR. Default 0.5.</summary>
    public decimal StopMultiplier { get; init; } = 0.5m;

    /// <summary>Only while the short ATR is below the long one. Default true. <c>ATR_FILTER_CONTRACTION</c>.</summary>
    public bool FilterContraction { get; init; } = true;

    /// <summary>Only above the 20-day mean close. Default false.</summary>
    public bool FilterTrend { get; init; }

    /// <summary>Only with at least 1.5 times the 20-day mean volume. Default false.</summary>
    public bool FilterVolume { get; init; }

    /// <summary>That multiple. Default 1.5.</summary>
    public decimal VolumeMultiple { get; init; } = 1.5m;

    /// <summary>Sessions of the two means. Default 20.</summary>
    public int MeanDays { get; init; } = 20;

    /// <summary>Target = entry + this × risk. Default 2.</summary>
    public decimal RewardMultiple { get; init; } = 2;

    /// <summary>Between two alerts about a stock. Default a day (1,440 minutes).</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(1440);

    /// <summary>Fridays: reminders at 10:00 and 15:00 to be out by the close, and a line in every alert. Default true. <c>ATR_FRIDAY_EXIT</c>.</summary>
    public bool FridayExit { get; init; } = true;
}
