namespace Headgate.Desk.Monitors.Market;

/// <summary>A row of the instruments dump.</summary>
/// <param name="Token">Instrument token.</param>
/// <param name="Symbol">Trading symbol without the exchange.</param>
/// <param name="Name">Underlying's name, as <c>NIFTY</c>.</param>
/// <param name="Exchange"><c>NSE</c> or <c>NFO</c>.</param>
/// <param name="Type"><c>EQ</c>, <c>FUT</c>, <c>CE</c>, <c>PE</c>.</param>
/// <param name="Expiry">Expiry, or null.</param>
/// <param name="Strike">Strike, 0 where there is none.</param>
/// <param name="LotSize">Lot size.</param>
public sealed record KiteContract(long Token, string Symbol, string Name, string Exchange, string Type, DateOnly? Expiry, decimal Strike, int LotSize);
