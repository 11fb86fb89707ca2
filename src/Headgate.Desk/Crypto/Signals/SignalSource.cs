namespace Headgate.Desk.Crypto.Signals;

/// <summary>How a value is kept for those who look at it.</summary>
/// <param name="MaxAge">How old it may be.</param>
/// <param name="FetchedAt">When it was fetched last by whoever keeps it fresh, in any unit that grows; null where nobody does.</param>
internal readonly record struct SignalSource(TimeSpan MaxAge, long? FetchedAt);
