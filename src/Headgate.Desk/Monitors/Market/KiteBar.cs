namespace Headgate.Desk.Monitors.Market;

/// <summary>A bar.</summary>
/// <param name="Start">Its start, with the exchange's offset.</param>
public sealed record KiteBar(DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, long Volume);
