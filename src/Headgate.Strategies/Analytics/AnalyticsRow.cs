namespace Headgate.Strategies.Analytics;

/// <summary>One trade with its analytics. Points per unit; dates as YYYY-MM-DD.</summary>
/// <param name="NetPnl">Net P&amp;L with option legs that expired on the exit date at intrinsic value.</param>
/// <param name="NetPctOfSpot">Net P&amp;L in percent of the entry spot.</param>
/// <param name="Cumulative">First entry spot plus all net P&amp;L so far.</param>
/// <param name="Drawdown">min(0, Cumulative − Peak), points.</param>
/// <param name="DrawdownPct">Drawdown in percent of the peak.</param>
public sealed record AnalyticsRow(
    string EntryDate, string ExitDate, decimal EntrySpot, decimal ExitSpot, string? FutureExpiry, decimal NetPnl, decimal SpotPnl, decimal NetPctOfSpot,
    decimal Cumulative, decimal Peak, decimal Drawdown, decimal DrawdownPct, IReadOnlyDictionary<string, decimal> HypotheticalExits);
