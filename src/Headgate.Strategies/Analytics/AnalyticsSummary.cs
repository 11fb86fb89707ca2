namespace Headgate.Strategies.Analytics;

/// <summary>The summary of specification §4. Percentages in percent, points per unit; null where a divisor is zero.</summary>
/// <param name="WinPct">Trades with a net P&amp;L above zero.</param>
/// <param name="LossPct">Trades with a net P&amp;L below zero.</param>
/// <param name="Expectancy">((|average win| / |average loss|) · win % − loss %) / 100.</param>
/// <param name="CagrOptions">Of first entry spot to first entry spot plus Sum.</param>
/// <param name="DrawdownPct">The worst, at most 0.</param>
/// <param name="CarToMdd">CAGR(Options) over the worst drawdown's size in percent.</param>
/// <param name="RecoveryFactor">Sum over the worst drawdown's size in points.</param>
public sealed record AnalyticsSummary(
    int Count, decimal Sum, decimal? Average, decimal? WinPct, decimal? AverageWin, decimal? LossPct, decimal? AverageLoss, decimal? Expectancy,
    decimal? CagrOptions, decimal DrawdownPct, decimal DrawdownPoints, decimal? CarToMdd, decimal? RecoveryFactor, decimal SpotChange, decimal? RoiVsSpot,
    decimal? CagrSpot);
