namespace Headgate.Desk.Fleet.Exchange;

/// <summary>What the exchange knows of a client id.</summary>
/// <param name="OrderId">Its own name for the order; null when it has none of that client id.</param>
/// <param name="Price">Mean price it filled at.</param>
/// <param name="Size">Coins filled.</param>
public sealed record FoundOrder(string? OrderId, decimal Price, decimal Size);
