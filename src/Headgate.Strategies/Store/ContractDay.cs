namespace Headgate.Strategies.Store;

/// <summary>One contract's trading day. Prices in index or stock points (INR per unit), as the exchange printed them.</summary>
/// <param name="Close">The exchange's close; theoretical when nothing traded that day.</param>
/// <param name="Settle">Settlement price.</param>
/// <param name="Contracts">Contracts traded.</param>
/// <param name="Turnover">In the source file's unit: lakh rupees in the older layout, rupees in UDiFF (July 2024 on).</param>
/// <param name="OpenInterest">In underlying units.</param>
public sealed record ContractDay(
    ContractId Id, decimal Open, decimal High, decimal Low, decimal Close, decimal Settle, long Contracts, decimal Turnover, long OpenInterest);
