namespace Headgate.Desk.Fleet.Exchange;

/// <summary>A pair's price.</summary>
/// <param name="Pair">As <c>BTC-USD</c>.</param>
/// <param name="Price">Last price, above zero.</param>
/// <param name="Volume24h">Traded in a day; 0 when the answer does not tell.</param>
/// <param name="FetchedAt">When its call was sent: its age counts from there.</param>
/// <param name="IsStale">Older than asked for.</param>
public sealed record Ticker(string Pair, decimal Price, decimal Volume24h, DateTimeOffset FetchedAt, bool IsStale);
