using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Scenarios;

/// <summary>Scenarios that need no file.</summary>
public static class BuiltInScenarios
{
    // Kite Connect docs (market quotes), read 2026-11-20: at most 500 instruments a call.
    private const int KiteBatch = 500;

    private static readonly DateTimeOffset Open = new(2026, 11, 20, 9, 15, 0, new TimeSpan(5, 30, 0));
    private static readonly TimeSpan Session = TimeSpan.FromMinutes(375);
    private static readonly TwinHeader Demo = new("Authorization", KiteTwin.DemoCredential);

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["kite-polling", "single-asks"];

    /// <summary>The scenario of that name; null when there is none.</summary>
    public static IScenario? Find(string name) => name switch
    {
        "kite-polling" => KitePolling(Session),
        "single-asks" => SingleAsks(Session),
        _ => null,
    };

    /// <summary>
    /// Twelve bots on one api key poll overlapping watchlists through an XNSE session, as schedulers do: every 5, 10, 15, 30 or 60 seconds on the second.
    /// </summary>
    /// <param name="length">How much of the session, from the open.</param>
    public static IScenario KitePolling(TimeSpan length)
    {
        var shares = Shares(120);
        int[] seconds = [5, 5, 5, 10, 10, 10, 15, 15, 15, 30, 30, 60];
        var bots = seconds.Select((every, i) => new PollingClient
        {
            Name = $"bot-{i + 1:00}",
            Headers = [Demo],
            // Forty shares each, of which the next bot watches thirty-two as well.
            Items = [.. Enumerable.Range(0, 40).Select(n => shares[((i * 8) + n) % shares.Count])],
            Targets = KiteQuotes,
            Every = TimeSpan.FromSeconds(every),
            Jitter = TimeSpan.FromMilliseconds(4),
            Bound = TimeSpan.FromSeconds(every),
        });
        return new PollingScenario("kite-polling", "kite", Open, length, [.. bots], NewKite);
    }

    /// <summary>Six notebooks on one api key ask for one share each at random moments, some six times a second together.</summary>
    /// <param name="length">How much of the session, from the open.</param>
    public static IScenario SingleAsks(TimeSpan length)
    {
        var shares = Shares(60);
        var notebooks = Enumerable.Range(1, 6).Select(i => new PollingClient
        {
            Name = $"notebook-{i}",
            Headers = [Demo],
            Items = shares,
            Targets = KiteQuotes,
            Every = TimeSpan.FromSeconds(1),
            AtRandom = true,
            Pick = 1,
            Bound = TimeSpan.FromSeconds(15),
        });
        return new PollingScenario("single-asks", "kite", Open, length, [.. notebooks], NewKite);
    }

    private static KiteTwin NewKite(int seed) => new(new KiteOptions(new SyntheticTape(seed, Open)) { InstrumentRows = 0 });

    private static IReadOnlyList<string> KiteQuotes(IReadOnlyList<string> items) =>
        [.. items.Chunk(KiteBatch).Select(chunk => "/quote?" + string.Join('&', chunk.Select(item => "i=" + Uri.EscapeDataString(item))))];

    private static List<string> Shares(int count) => [.. SyntheticUniverse.Nse(0).Where(symbol => !symbol.IsIndex).Take(count).Select(symbol => $"NSE:{symbol.Name}")];
}
