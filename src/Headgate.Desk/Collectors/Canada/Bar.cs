namespace Headgate.Desk.Collectors.Canada;

/// <summary>The last bar of a day's minutes.</summary>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Pieces traded; 0 for an index.</param>
/// <param name="Timestamp">When the bar began.</param>
public sealed record Bar(decimal Open, decimal High, decimal Low, decimal Close, long Volume, DateTimeOffset Timestamp);
