namespace Headgate.Desk.Collectors.Canada;

/// <summary>The newest value of a series.</summary>
/// <param name="Series">Its name at the Bank of Canada.</param>
/// <param name="Value">The value.</param>
/// <param name="Date">The business day it is of; days without a value are passed over, never filled.</param>
public sealed record Observation(string Series, decimal Value, DateOnly Date);
