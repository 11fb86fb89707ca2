using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>What a bot is given to decide by.</summary>
/// <param name="Ticker">Its price, or null.</param>
/// <param name="Candles">Its hours, oldest first, the running one last; null when they could not be had.</param>
/// <param name="Balances">The account's, or null.</param>
/// <param name="Product">Its product, or null.</param>
/// <param name="Problem">Why something is missing, or null.</param>
public sealed record BotView(Ticker? Ticker, IReadOnlyList<Candle>? Candles, Balances? Balances, Product? Product, string? Problem);
