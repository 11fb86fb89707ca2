namespace Headgate.Strategies;

/// <summary>Why an interval or row brought no trade.</summary>
public sealed record SkipEntry(string Symbol, string Reason, DateOnly? CallExpiry, DateOnly? FutureExpiry, DateOnly From, DateOnly To, DateOnly? PutExpiry = null);
