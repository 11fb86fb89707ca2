namespace Headgate.Strategies.Analytics;

/// <summary>The analytics of one execution.</summary>
/// <param name="MonthTotals">January to December over all years.</param>
public sealed record AnalyticsReport(
    AnalyticsSummary Summary, IReadOnlyList<AnalyticsRow> Rows, IReadOnlyList<PivotYear> Pivot, IReadOnlyList<decimal?> MonthTotals, decimal Total);
