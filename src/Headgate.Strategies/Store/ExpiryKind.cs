namespace Headgate.Strategies.Store;

/// <summary>Which calendar of a symbol.</summary>
public enum ExpiryKind
{
    /// <summary>Every option expiry.</summary>
    Weekly = 0,

    /// <summary>Futures expiries.</summary>
    Monthly = 1,
}
