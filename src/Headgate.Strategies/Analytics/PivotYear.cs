namespace Headgate.Strategies.Analytics;

/// <summary>One year's net P&amp;L by month of the future's expiry.</summary>
/// <param name="Months">January to December; null where no trade fell.</param>
public sealed record PivotYear(int Year, IReadOnlyList<decimal?> Months, decimal Total);
