namespace Headgate.Desk.Monitors.Options;

/// <summary>The NIFTY option-selling analyser: what it looks at and when. Defaults are the replaced system's.</summary>
public sealed record OptionsSettings
{
    /// <summary>The entry run, Indian time. Default 10:00.</summary>
    public TimeOnly EntryTime { get; init; } = new(10, 0);

    /// <summary>Between the runs after it. Default 15 min.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The last of those. Default 15:15.</summary>
    public TimeOnly LastTime { get; init; } = new(15, 15);

    /// <summary>The run that also sends the end-of-day summary. Default 15:25, which is no multiple of 15 minutes and is run all the same.</summary>
    public TimeOnly SummaryTime { get; init; } = new(15, 25);

    /// <summary>Name of the underlying in the instrument list. Default <c>NIFTY</c>.</summary>
    public string Underlying { get; init; } = "NIFTY";

    /// <summary>Quote name of the index. Default <c>NSE:NIFTY 50</c>.</summary>
    public string SpotName { get; init; } = "NSE:NIFTY 50";

    /// <summary>Quote name of the volatility index. Default <c>NSE:INDIA VIX</c>.</summary>
    public string VixName { get; init; } = "NSE:INDIA VIX";

    /// <summary>Instrument token of the index. Default 256265.</summary>
    public long SpotToken { get; init; } = 256_265;

    /// <summary>Instrument token of the volatility index. Default 264969.</summary>
    public long VixToken { get; init; } = 264_969;

    /// <summary>Calendar days of volatility bars for its trend. Default 8.</summary>
    public int VixTrendDays { get; init; } = 8;

    /// <summary>Calendar days of volatility bars for its rank. Default 395.</summary>
    public int VixRankDays { get; init; } = 395;

    /// <summary>Calendar days of index bars for realised volatility and price action. Default 10.</summary>
    public int DailyDays { get; init; } = 10;

    /// <summary>Calendar days of index bars for the pivot range. Default 5; a longer break of trading is asked for again with <see cref="DailyDays"/>.</summary>
    public int PivotDays { get; init; } = 5;

    /// <summary>Calendar days of index bars for the regime. Default 70.</summary>
    public int RegimeDays { get; init; } = 70;

    /// <summary>Calendar days of 15-minute bars. Default 5.</summary>
    public int IntradayDays { get; init; } = 5;

    /// <summary>Least calendar days to go of an expiry. Default 7.</summary>
    public int ExpiryDaysMin { get; init; } = 7;

    /// <summary>Expiries analysed. Default 2.</summary>
    public int Expiries { get; init; } = 2;

    /// <summary>Futures asked for, nearest first. Default 2.</summary>
    public int Futures { get; init; } = 2;

    /// <summary>The at-the-money strike is the index rounded to this. Points; default 50.</summary>
    public decimal StrikeStep { get; init; } = 50;

    /// <summary>The strangle's distance from it on either side. Points; default 100.</summary>
    public decimal StrangleWidth { get; init; } = 100;

    /// <summary>Interest per year for the Greeks. Default 0.07.</summary>
    public double Rate { get; init; } = 0.07;

    /// <summary>Shortest time to expiry the Greeks are computed with, in years. Default 0.001.</summary>
    public double YearsMin { get; init; } = 0.001;

    /// <summary>How long a regime is kept before it is computed again. Default 6 h.</summary>
    public TimeSpan RegimeKept { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Directory of the monthly workbooks, or null for none. Default null; <c>headgate</c> sets <c>alerts</c> in its data directory.</summary>
    public string? WorkbookDirectory { get; init; }

    /// <summary>What vetoes selling and what only warns.</summary>
    public VetoSettings Vetoes { get; init; } = new();

    /// <summary>How scores are made.</summary>
    public ScoreSettings Scores { get; init; } = new();

    /// <summary>When to advise leaving and adding.</summary>
    public PositionSettings Position { get; init; } = new();
}
