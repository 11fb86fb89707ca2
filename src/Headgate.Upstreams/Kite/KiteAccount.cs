namespace Headgate.Upstreams.Kite;

/// <summary>An account that may log in. Several accounts may share one api key, whose limits they then share too.</summary>
/// <param name="ApiKey">The app's key; limits are kept per key.</param>
/// <param name="AccessToken">The token that is good until a new login or a logout.</param>
/// <param name="UserId">Whose data it is; every figure of the account follows from it.</param>
/// <param name="ApiSecret">What <c>POST /session/token</c> checks the checksum with.</param>
public sealed record KiteAccount(string ApiKey, string AccessToken, string UserId, string ApiSecret = "demo-secret")
{
    /// <summary>The account behind <see cref="KiteTwin.DemoCredential"/>.</summary>
    public static KiteAccount Demo { get; } = new("demo", "demo-access", "DM0001");
}
