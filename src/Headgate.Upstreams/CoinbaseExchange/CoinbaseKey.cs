namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>An API key of a Coinbase Exchange profile.</summary>
/// <param name="Key">CB-ACCESS-KEY.</param>
/// <param name="Secret">Base64 of the HMAC key.</param>
/// <param name="Passphrase">CB-ACCESS-PASSPHRASE.</param>
/// <param name="ProfileId">Whose data it is; every figure of the profile follows from it.</param>
public sealed record CoinbaseKey(string Key, string Secret, string Passphrase, string ProfileId)
{
    /// <summary>A key for demos and tests; opens nothing anywhere else.</summary>
    public static CoinbaseKey Demo { get; } = new("demo-key", "ZGVtby1zZWNyZXQ=", "demo-pass", "profile-demo");
}
