namespace Headgate.Desk.Crypto;

/// <summary>Where prices of single symbols come from.</summary>
public enum CryptoTickers
{
    /// <summary>Shared from two symbols on: one list then costs fewer calls than a ticker each.</summary>
    Auto,

    /// <summary>One row each out of the list of all pairs, asked once for everybody.</summary>
    Shared,

    /// <summary>One call for each symbol.</summary>
    Single,
}
