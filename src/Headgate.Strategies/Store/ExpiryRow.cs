namespace Headgate.Strategies.Store;

/// <summary>One row of an expiry calendar.</summary>
/// <param name="Previous">Null in the first row of a derived calendar; such a row opens no window but its expiry counts as a monthly one.</param>
/// <param name="Next">Null in the last row.</param>
public sealed record ExpiryRow(DateOnly? Previous, DateOnly Current, DateOnly? Next);
