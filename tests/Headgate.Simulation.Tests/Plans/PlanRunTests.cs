using Headgate.Catalogue;
using Headgate.Recording;
using Headgate.Simulation.Tests.Days;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation.Tests.Plans;

public sealed class PlanRunTests
{
    private const string Definition = """
        provider: prices
        baseUrl: https://prices.test/v1
        identity: { from: header Authorization }
        limits:
          second: { permits: 2, per: 1s, scope: limitKey }
        price: { perCall: 0.0005, monthly: 49, currency: USD }
        endpoints:
          - name: ticker
            match: GET /ticker
            batch: { parameter: symbols, style: comma, max: 10, items: '$.data[].symbol', required: [price] }
            freshness: { ttl: 1s, stale: 1m }
            deadline: 5s
          - { name: news, match: GET /news, freshness: { ttl: 1m, stale: 1h }, price: 0.01 }
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Another_ttl_batch_size_or_limit_is_seen_in_calls_refusals_staleness_and_money()
    {
        var records = Polls(minutes: 10);
        var present = PlanRun.Run("present", records, Load());
        present.Asks.ShouldBe(records.Count);
        present.Failed.ShouldBe(0);
        present.Refused.ShouldBe(0);
        present.CallsByEndpoint["prices.news"].ShouldBe(5); // asked each minute, just inside a minute's freshness every other time
        present.CallsByEndpoint["prices.ticker"].ShouldBe(120);
        present.Costs.Single().ShouldBe(new PlanCost("prices", "USD", (120 * 0.0005m) + (5 * 0.01m), 49, 49 + (30 * 0.11m)) { Credits = 125 });

        var longer = PlanRun.Run("longer", records, Load("provider: prices\nendpoints: [{ name: ticker, freshness: { ttl: 30s } }]"));
        longer.CallsByEndpoint["prices.ticker"].ShouldBeLessThan(30);
        longer.Age.P90.ShouldBeInRange(20, 31);

        var smaller = PlanRun.Run("smaller", records, Load("provider: prices\nendpoints: [{ name: ticker, batch: { max: 2 } }]"));
        smaller.CallsByEndpoint["prices.ticker"].ShouldBe(240);

        var tighter = PlanRun.Run("tighter", records, Load("provider: prices\nlimits: { second: { permits: 1, per: 1m } }"));
        tighter.Calls.ShouldBeLessThanOrEqualTo(11);
        (tighter.Refused + tighter.StaleServed).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_recommended_ttl_makes_the_fewest_calls_within_the_bound()
    {
        var records = Polls(minutes: 5);
        var (ttl, report) = PlanRun.Recommend(records, Load(), TimeSpan.FromSeconds(20));
        ttl.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(20));
        report.Age.Max.ShouldBeLessThanOrEqualTo(20.1m);
        foreach (var other in new[] { 1, 5, 10, 15, 20 })
        {
            PlanRun.Run("other", records, Load(), bound: TimeSpan.FromSeconds(other)).Calls.ShouldBeGreaterThanOrEqualTo(report.Calls);
        }
    }

    [Fact]
    public void What_a_day_recorded_is_replayed_with_the_same_calls()
    {
        var records = new List<DemandRecord>();
        var catalogue = CatalogueLoader.LoadShipped();
        var day = DayRun.Run(BuiltInScenarios.KitePolling(TimeSpan.FromMinutes(2)), catalogue, TimeProvider.System, new DayOptions { Recorder = records.Add });
        var read = DemandRecord.Read("demand.jsonl", records.Select(record => record.ToLine()));
        read.Count.ShouldBe((int)day.Asks);
        records.ShouldAllBe(record => !record.ToLine().Contains("demo", StringComparison.Ordinal));
        var plan = PlanRun.Run("again", read, catalogue);
        plan.Calls.ShouldBe(day.Gate.Calls);
        plan.Answered.ShouldBe(day.Gate.Answered);
    }

    [Fact]
    public void An_endpoint_the_catalogue_lacks_is_named() =>
        Should.Throw<CatalogueException>(() => PlanRun.Run("x", [new DemandRecord(Noon, "prices.gone", ["A"])], Load())).Message.ShouldContain("prices.gone");

    [Theory]
    [InlineData("{", "mine.jsonl:2: not a demand record")]
    [InlineData("""{"time":"2026-11-20T12:00:00Z","endpoint":"prices.ticker","items":["A"],"urgency":9}""", "mine.jsonl:2: not a demand record: urgency is 9; expected 0..7")]
    [InlineData("""{"time":"2026-11-20T12:00:00Z","endpoint":"prices.ticker","items":[]}""", "mine.jsonl:2: not a demand record: expected items or a target")]
    [InlineData("""{"time":"2026-11-20T12:00:00Z","endpoint":"prices.ticker","items":["A"],"itmes":1}""", "mine.jsonl:2: not a demand record")]
    public void A_line_that_is_no_record_is_told_with_file_and_line(string line, string message) =>
        Should.Throw<CatalogueException>(() => DemandRecord.Read("mine.jsonl", ["", line])).Message.ShouldStartWith(message);

    private static CatalogueModel Load(string? over = null) =>
        CatalogueLoader.Load(over is null ? [new CatalogueFile("prices.yaml", Definition)] : [new CatalogueFile("prices.yaml", Definition), new CatalogueFile("other.yaml", over)]);

    /// <summary>Two clients ask for four symbols every five seconds, one of them for the news each minute.</summary>
    private static List<DemandRecord> Polls(int minutes)
    {
        var records = new List<DemandRecord>();
        for (var second = 0; second < minutes * 60; second += 5)
        {
            records.Add(new DemandRecord(Noon.AddSeconds(second), "prices.ticker", ["A", "B", "C"], "one", Caller: "aaaaaaaa"));
            records.Add(new DemandRecord(Noon.AddSeconds(second), "prices.ticker", ["B", "C", "D"], "two", Caller: "aaaaaaaa"));
            if (second % 60 == 0)
            {
                records.Add(new DemandRecord(Noon.AddSeconds(second), "prices.news", [], "one", Target: "/news", Caller: "aaaaaaaa"));
            }
        }

        return records;
    }
}
