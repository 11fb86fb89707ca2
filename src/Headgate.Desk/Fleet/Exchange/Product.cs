namespace Headgate.Desk.Fleet.Exchange;

/// <summary>What must be known of a product to trade it.</summary>
/// <param name="Pair">As <c>BTC-USD</c>.</param>
/// <param name="BaseIncrement">Sizes are multiples of it.</param>
/// <param name="IsTradable">False while trading is disabled.</param>
/// <param name="IsLimitOnly">Market orders are refused.</param>
public sealed record Product(string Pair, decimal BaseIncrement, bool IsTradable, bool IsLimitOnly);
