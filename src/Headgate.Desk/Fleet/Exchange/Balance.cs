namespace Headgate.Desk.Fleet.Exchange;

/// <summary>What the account has of a currency.</summary>
/// <param name="Currency">As <c>USD</c>.</param>
/// <param name="Available">The amount.</param>
/// <param name="FetchedAt">When it was asked for.</param>
public sealed record Balance(string Currency, decimal Available, DateTimeOffset FetchedAt);
