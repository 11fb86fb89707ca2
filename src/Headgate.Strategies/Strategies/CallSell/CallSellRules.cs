namespace Headgate.Strategies.CallSell;

/// <summary>The switches of one run.</summary>
/// <param name="Position">Percent of spot; 0 or more looks for strikes upwards, below 0 downwards.</param>
/// <param name="PortCompat">Weekly 1.0.0: exact strike K and expiry C, no turnover test, no base-start rule.</param>
internal sealed record CallSellRules(string Symbol, decimal Position, decimal StrikeStep, bool HalfEven, bool PortCompat);
