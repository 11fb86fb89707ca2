namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>A filled order that an account had before.</summary>
/// <param name="OrderId">The exchange's name for it.</param>
/// <param name="ClientId">The client's.</param>
/// <param name="Product">As <c>BTC-USD</c>.</param>
/// <param name="IsBuy">Bought; else sold.</param>
/// <param name="Price">Mean price.</param>
/// <param name="Size">Coins.</param>
/// <param name="Value">Money paid or got for them.</param>
/// <param name="At">When.</param>
public sealed record AdvancedOrder(string OrderId, string ClientId, string Product, bool IsBuy, decimal Price, decimal Size, decimal Value, DateTimeOffset At);
