using Headgate.Upstreams;
using Headgate.Upstreams.CoinbaseExchange;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Cli.Twins;

/// <summary>Every emulated upstream that can be hosted, by its provider's name.</summary>
internal static class TwinShelf
{
    /// <summary>Kite first, whose port is the one people know; then by name.</summary>
    public static IReadOnlyList<string> Names { get; } = ["kite", .. TwinRegistry.Names.Where(name => name is not ("kite" or "origin"))];

    /// <summary>A new one, and the clock it lives by: Kite's shows the tape's market, the others the present.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="market">What Kite tells of.</param>
    /// <param name="accounts">Who may log in at Kite; empty takes its demo account.</param>
    public static (ITwin Twin, TimeProvider Clock) Take(string name, Market market, IReadOnlyList<KiteAccount> accounts) => name switch
    {
        "kite" => (new KiteTwin(accounts.Count == 0 ? new KiteOptions(market.Tape) : new KiteOptions(market.Tape) { Accounts = accounts }), market.Clock),
        _ => (OfPresent(name), TimeProvider.System),
    };

    private static ITwin OfPresent(string name) => name switch
    {
        // As strict as the original about who signs when, and with what.
        "coinbase" => new CoinbaseTwin(new CoinbaseOptions(new SyntheticTape(1, TimeProvider.System.GetUtcNow(), SyntheticUniverse.Crypto(), TapeSession.AlwaysOpen))),
        "alpaca" => new AlpacaTwin(),
        _ when Names.Contains(name, StringComparer.Ordinal) => TwinRegistry.Make(name, new TwinSetup(1, TimeProvider.System.GetUtcNow())),
        _ => throw new CommandFailure($"there is no emulated upstream '{name}'; there are {string.Join(", ", Names)}", ExitCode.Usage),
    };
}
