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
    public static IReadOnlyList<string> Names { get; } = ["kite-polling", "kite-monitors", "single-asks"];

    /// <summary>The scenario of that name; null when there is none.</summary>
    public static IScenario? Find(string name) => name switch
    {
        "kite-polling" => KitePolling(Session),
        "kite-monitors" => KiteMonitors(),
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

    /// <summary>
    /// Four market monitors on one api key through an XNSE session: stocks with their futures every five minutes, the same ones every minute and always
    /// new, a breakout scan every half hour, and index options every quarter of an hour whose strikes follow from the spot just asked.
    /// </summary>
    public static IScenario KiteMonitors()
    {
        var shares = Shares(209);
        IReadOnlyList<string> both = [.. shares, .. shares.Select(share => $"NFO:{share["NSE:".Length..]}26NOVFUT")];
        IReadOnlyList<(TimeSpan, TimeSpan)> window = [(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(371))]; // 09:25 to 15:25
        IReadOnlyList<(TimeSpan, TimeSpan)> quarters = [(TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(361))]; // 10:00 to 15:15
        PollingClient Monitor(string name, IReadOnlyList<string> items, double minutes, double bound, IReadOnlyList<(TimeSpan, TimeSpan)> hours) => new()
        {
            Name = name,
            Headers = [Demo],
            Items = items,
            Targets = KiteQuotes,
            Every = TimeSpan.FromMinutes(minutes),
            Bound = TimeSpan.FromSeconds(bound),
            Hours = hours,
        };
        var candles = new PollingClient
        {
            Name = "options-history",
            Headers = [Demo],
            Items = ["256265", "264969"],
            Targets = KiteCandles,
            Every = TimeSpan.FromMinutes(15),
            Hours = quarters,
        };
        return new PollingScenario(
            "kite-monitors",
            "kite",
            Open,
            Session,
            [
                Monitor("stock", both, 5, 60, window),
                Monitor("one-minute", both, 1, 1, window),
                Monitor("breakout", shares, 30, 60, [(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(346))]),
                Monitor("options-spot", ["NSE:NIFTY 50", "NSE:INDIA VIX", "NFO:NIFTY26NOVFUT", "NFO:NIFTY26DECFUT"], 15, 60, quarters),
                Monitor("options", Strikes(), 15, 60, quarters) with { After = "options-spot" },
                candles,
            ],
            NewKite);
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

    // The whole day of five-minute and quarter-hour bars, and a month of daily ones.
    private static IReadOnlyList<string> KiteCandles(IReadOnlyList<string> tokens) =>
        [.. tokens.SelectMany(token => new[]
        {
            $"/instruments/historical/{token}/5minute?from=2026-11-20+09:15:00&to=2026-11-20+15:30:00",
            $"/instruments/historical/{token}/15minute?from=2026-11-20+09:15:00&to=2026-11-20+15:30:00",
            $"/instruments/historical/{token}/day?from=2026-10-20+00:00:00&to=2026-11-20+00:00:00",
        })];

    private static List<string> Strikes() =>
        [.. from month in new[] { "26NOV", "26DEC" } from strike in new[] { 24450, 24500 } from kind in new[] { "CE", "PE" } select $"NFO:NIFTY{month}{strike}{kind}"];

    private static List<string> Shares(int count) => [.. SyntheticUniverse.Nse(0).Where(symbol => !symbol.IsIndex).Take(count).Select(symbol => $"NSE:{symbol.Name}")];
}
