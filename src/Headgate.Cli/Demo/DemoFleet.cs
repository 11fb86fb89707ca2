using Headgate.Cli.Api;

namespace Headgate.Cli.Demo;

/// <summary>A small trading desk: several bots whose watchlists overlap, each polling at its own pace.</summary>
internal static class DemoFleet
{
    /// <summary>Bots over the first symbols a tape lists; overlapping on purpose, as those of a desk do.</summary>
    /// <param name="instruments">Full instrument names, as <c>NSE:INFY</c>; at least one.</param>
    public static IReadOnlyList<DemoBot> Over(IReadOnlyList<string> instruments)
    {
        var all = instruments.Take(24).ToList();
        return
        [
            new("scalper", Ask("quote", all.Take(4)), TimeSpan.FromMilliseconds(300)),
            new("momentum", Ask("quote", all.Skip(2).Take(8)), TimeSpan.FromMilliseconds(700)),
            new("pairs", Ask("quote/ltp", all.Take(6)), TimeSpan.FromMilliseconds(400)),
            new("monitor", Ask("quote", all), TimeSpan.FromSeconds(2)),
            new("ohlc-scanner", Ask("quote/ohlc", all.Skip(1).Take(12)), TimeSpan.FromSeconds(1)),
            new("notebook", Ask("quote", all.Take(1)), TimeSpan.FromMilliseconds(500)),
        ];
    }

    /// <summary>Runs every bot until cancelled.</summary>
    public static Task RunAsync(IReadOnlyList<DemoBot> bots, GateClient gate, TimeProvider time, CancellationToken cancellation) =>
        Task.WhenAll(bots.Select(bot => bot.RunAsync(gate, time, cancellation)));

    private static string Ask(string endpoint, IEnumerable<string> instruments) =>
        $"/kite/{endpoint}?{string.Join('&', instruments.DefaultIfEmpty("NSE:INFY").Select(name => $"i={Uri.EscapeDataString(name)}"))}";
}
