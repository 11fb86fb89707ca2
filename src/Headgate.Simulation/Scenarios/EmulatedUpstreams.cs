using Headgate.Upstreams;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Simulation;

/// <summary>The emulated upstreams a scenario file can name.</summary>
internal static class EmulatedUpstreams
{
    public static IReadOnlyList<string> Names { get; } = ["coinbase", "kite"];

    /// <summary>The header credential of a client that states none; null for upstreams that need none.</summary>
    public static string? DemoCredential(string provider) => provider is "kite" ? KiteTwin.DemoCredential : null;

    /// <param name="provider">One of <see cref="Names"/>.</param>
    /// <param name="start">Where the made-up market begins.</param>
    /// <param name="credentials">Who may log in.</param>
    public static Func<int, ITwin> Of(string provider, DateTimeOffset start, IReadOnlyList<string> credentials) => provider switch
    {
        "kite" => seed => new KiteTwin(new KiteOptions(new SyntheticTape(seed, start)) { Accounts = [.. credentials.Select(Account).OfType<KiteAccount>()], InstrumentRows = 0 }),
        _ => seed => new CoinbaseTwin(new CoinbaseOptions(new SyntheticTape(seed, start, SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen)) { TimestampSkewMax = null }),
    };

    /// <summary>A Kite account as its clients name it, <c>token api_key:access_token</c>; null for anything else, which is then refused at the door.</summary>
    private static KiteAccount? Account(string credential, int index) =>
        credential.Split(' ') is ["token", var pair] && pair.Split(':') is [{ Length: > 0 } key, { Length: > 0 } token] ? new KiteAccount(key, token, $"DM{index + 1:0000}") : null;
}
