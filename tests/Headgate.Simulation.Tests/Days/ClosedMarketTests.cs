using Headgate.Catalogue;
using Headgate.Upstreams;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Scenarios;
using Headgate.Upstreams.Tapes;

namespace Headgate.Simulation.Tests.Days;

public sealed class ClosedMarketTests
{
    private static readonly TimeSpan India = new(5, 30, 0);
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 15, 0, 0, India);
    private static readonly DateTimeOffset Close = new(2026, 11, 20, 15, 30, 0, India);
    private static readonly DateTimeOffset Open = new(2026, 11, 23, 9, 15, 0, India);
    private static readonly string[] Shares = [.. SyntheticUniverse.Nse(0).Where(symbol => !symbol.IsIndex).Take(30).Select(symbol => $"NSE:{symbol.Name}")];

    [Fact]
    public void A_weekend_of_polling_without_bounds_costs_at_most_one_verification_per_item()
    {
        var asked = ItemsAskedBetween(Close, Open, bound: null);
        asked.Keys.Order(StringComparer.Ordinal).ShouldBe(Shares.Order(StringComparer.Ordinal));
        asked.Values.ShouldAllBe(times => times == 1);
    }

    [Fact]
    public void The_first_poll_after_the_open_asks_again() =>
        ItemsAskedBetween(Open, Open.AddMinutes(1), bound: null).Values.ShouldAllBe(times => times == 1);

    [Fact]
    public void A_bound_of_the_asker_s_own_is_honoured_while_the_market_is_closed() =>
        ItemsAskedBetween(Close, Close.AddHours(1), bound: TimeSpan.FromMinutes(10)).Values.ShouldAllBe(times => times >= 3);

    private static Dictionary<string, int> ItemsAskedBetween(DateTimeOffset from, DateTimeOffset to, TimeSpan? bound)
    {
        KiteTwin? twin = null;
        var pollers = Enumerable.Range(0, 3).Select(i => new PollingClient
        {
            Name = $"bot-{i}",
            Headers = [new TwinHeader("Authorization", KiteTwin.DemoCredential)],
            Items = [.. Shares.Skip(i * 5).Take(20)],
            Targets = items => ["/quote?" + string.Join('&', items.Select(item => "i=" + Uri.EscapeDataString(item)))],
            Every = TimeSpan.FromSeconds(60),
            Phase = TimeSpan.FromSeconds(i * 7),
            Bound = bound,
        });
        var weekend = new PollingScenario("weekend", "kite", Friday, to - Friday, [.. pollers], seed => twin = new KiteTwin(new KiteOptions(new SyntheticTape(seed, Friday)) { InstrumentRows = 0 }));
        var report = DayRun.Run(weekend, CatalogueLoader.LoadShipped(), TimeProvider.System);
        report.Gate.Answered.ShouldBe(report.Asks);
        report.Gate.Violations.ShouldBe(0);
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var arrival in twin!.Counters.Log().Where(arrival => arrival.At >= from && arrival.At < to))
        {
            foreach (var pair in arrival.Request.RawTarget.Split('?', '&').Skip(1))
            {
                var item = Uri.UnescapeDataString(pair["i=".Length..]);
                asked[item] = asked.GetValueOrDefault(item) + 1;
            }
        }

        return asked;
    }
}
