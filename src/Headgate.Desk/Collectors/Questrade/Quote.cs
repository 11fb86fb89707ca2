namespace Headgate.Desk.Collectors.Questrade;

/// <summary>A quote as Questrade tells it; what it does not tell is null.</summary>
/// <param name="SymbolId">Questrade's number of the symbol.</param>
/// <param name="Last">Last trade.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="Volume">Pieces traded today.</param>
/// <param name="TradedAt">When the last trade was.</param>
/// <param name="IsDelayed">It is not of this moment: the login's allowance of snap quotes is used up.</param>
/// <param name="IsHalted">Trading is halted.</param>
public sealed record Quote(long SymbolId, decimal? Last, decimal? Bid, decimal? Ask, long? Volume, DateTimeOffset? TradedAt, bool IsDelayed, bool IsHalted);
