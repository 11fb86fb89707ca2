namespace Headgate.Desk.Collectors.Canada;

/// <summary>A commodity's day so far.</summary>
/// <param name="Last">Close of the last bar.</param>
/// <param name="Open">Open of the day's first bar.</param>
/// <param name="Change">Last − open.</param>
/// <param name="Timestamp">When the last bar began.</param>
public sealed record Commodity(decimal Last, decimal Open, decimal Change, DateTimeOffset Timestamp);
