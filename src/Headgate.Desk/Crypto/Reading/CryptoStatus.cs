namespace Headgate.Desk.Crypto.Reading;

/// <summary>What a value is worth.</summary>
public enum CryptoStatus
{
    /// <summary>There is none; the reason says why.</summary>
    None,

    /// <summary>Older than asked for; the reason says why it stands in.</summary>
    Stale,

    /// <summary>As fresh as asked for.</summary>
    Fresh,
}
