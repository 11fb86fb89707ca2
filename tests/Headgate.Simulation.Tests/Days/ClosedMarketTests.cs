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
        // Longer than the weekend, so that nothing but freshness decides (see the next test).
        var asked = ItemsAsked(ArrivalsBetween(Close, Open, bound: null, entitlement: TimeSpan.FromDays(4)));
        asked.Keys.Order(StringComparer.Ordinal).ShouldBe(Shares.Order(StringComparer.Ordinal));
        asked.Values.ShouldAllBe(times => times == 1);
    }

    /// <summary>An entitlement not confirmed for 24 hours goes upstream once (http contract, credentials), closed market or not.</summary>
    [Fact]
    public void Over_a_weekend_a_credential_s_entitlement_is_renewed_by_one_call_a_day()
    {
        var arrivals = ArrivalsBetween(Close, Open, bound: null, entitlement: TimeSpan.FromHours(24));
        arrivals.Count(arrival => arrival.At < Close.AddHours(1)).ShouldBe(3); // the three bots' lists, each what the others had not verified
        arrivals.Count(arrival => arrival.At >= Close.AddHours(1)).ShouldBe(2);
    }

    [Fact]
    public void The_first_poll_after_the_open_asks_again() =>
        ItemsAsked(ArrivalsBetween(Open, Open.AddSeconds(5), bound: null, TimeSpan.FromDays(4))).Count.ShouldBe(20);

    [Fact]
    public void A_bound_of_the_asker_s_own_is_honoured_while_the_market_is_closed() =>
        ItemsAsked(ArrivalsBetween(Close, Close.AddHours(1), bound: TimeSpan.FromMinutes(10), TimeSpan.FromHours(24))).Values.ShouldAllBe(times => times >= 3);

    private static List<Arrival> ArrivalsBetween(DateTimeOffset from, DateTimeOffset to, TimeSpan? bound, TimeSpan entitlement)
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
        var report = DayRun.Run(weekend, CatalogueLoader.LoadShipped(), TimeProvider.System, new DayOptions { Engine = new EngineOptions { EntitlementLife = entitlement } });
        report.Gate.Answered.ShouldBe(report.Asks);
        report.Gate.Violations.ShouldBe(0);
        return [.. twin!.Counters.Log().Where(arrival => arrival.At >= from && arrival.At < to)];
    }

    private static Dictionary<string, int> ItemsAsked(List<Arrival> arrivals)
    {
        var asked = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in arrivals.SelectMany(arrival => arrival.Request.RawTarget.Split('?', '&').Skip(1)))
        {
            var item = Uri.UnescapeDataString(pair["i=".Length..]);
            asked[item] = asked.GetValueOrDefault(item) + 1;
        }

        return asked;
    }
}
