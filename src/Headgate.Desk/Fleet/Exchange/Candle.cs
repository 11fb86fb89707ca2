namespace Headgate.Desk.Fleet.Exchange;

/// <summary>An hour of a pair.</summary>
/// <param name="Start">Its beginning, UTC.</param>
/// <param name="IsBuilt">True for the running hour, which is built from the prices seen of it and not the exchange's.</param>
public sealed record Candle(DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume, bool IsBuilt = false);
