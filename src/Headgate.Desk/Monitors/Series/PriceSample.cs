namespace Headgate.Desk.Monitors.Series;

/// <summary>What was known of a symbol at a moment.</summary>
/// <param name="At">When the price was asked of the upstream (wall clock).</param>
/// <param name="Last">Last price, above zero.</param>
/// <param name="Volume">Traded that day so far.</param>
/// <param name="Oi">Open interest of its nearest future; 0 where unknown.</param>
public readonly record struct PriceSample(DateTimeOffset At, decimal Last, long Volume, long Oi);
