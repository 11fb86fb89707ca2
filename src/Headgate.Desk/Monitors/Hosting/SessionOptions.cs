namespace Headgate.Desk.Monitors.Hosting;

/// <summary>When monitors look at the market.</summary>
public sealed record SessionOptions
{
    /// <summary>Market calendar that tells trading days. Default <c>XNSE</c>.</summary>
    public string Market { get; init; } = "XNSE";

    /// <summary>First minute of the window, Indian time, inclusive. Default 09:25: ten minutes after the open, deliberately.</summary>
    public TimeOnly From { get; init; } = new(9, 25);

    /// <summary>Last minute of the window, Indian time, inclusive. Default 15:25.</summary>
    public TimeOnly To { get; init; } = new(15, 25);
}
