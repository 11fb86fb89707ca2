namespace Headgate.Strategies.Store;

/// <summary>An expiry found in the sheets and the last day a sheet named it.</summary>
internal readonly record struct SeenExpiry(DateOnly Expiry, DateOnly LastDay);
