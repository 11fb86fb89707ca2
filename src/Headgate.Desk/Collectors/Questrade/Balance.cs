namespace Headgate.Desk.Collectors.Questrade;

/// <summary>An account's money in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Cash">Cash.</param>
/// <param name="TotalEquity">Cash and what the positions are worth.</param>
/// <param name="BuyingPower">What could be bought for.</param>
public sealed record Balance(string Currency, decimal Cash, decimal TotalEquity, decimal BuyingPower);
