using System.Text;
using Headgate.Catalogue;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Collectors.Readings;
using Headgate.Desk.Doors;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;
using Headgate.Upstreams.Faults;

namespace Headgate.Desk.Tests.Collectors;

/// <summary>Defects of the replaced system that a collector over the gate could have again; each is named after it. docs/desk/collector.md has all seventeen.</summary>
public sealed class CollectorDefectTests
{
    private static readonly CollectorOptions NoFactors = new() { FactorSymbols = [] };

    [Fact]
    public void A_429_in_the_middle_of_the_day_locks_no_part_out()
    {
        var world = new CollectorWorld(NoFactors);
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(6));
            world.Questrade.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
            await world.Time.Delay(TimeSpan.FromMinutes(10));
            world.Collections[^1].Quotes.State.ShouldBe(ReadingState.Fresh);
            world.Collections[^1].Accounts.State.ShouldBe(ReadingState.Fresh);
            // Yahoo shuts whoever breaks its limit for a quarter of an hour, and the gate rests as long; then bars come again by themselves.
            world.Yahoo.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
            await world.Time.Delay(TimeSpan.FromMinutes(8));
            world.Collections[^1].MarketData.State.ShouldNotBe(ReadingState.Fresh);
            world.Collections[^1].MarketData.Items.ShouldAllBe(reading => reading.Value != null);
            await world.Time.Delay(TimeSpan.FromMinutes(25));
            world.Collections[^1].MarketData.State.ShouldBe(ReadingState.Fresh);
            await life.StopAsync();
        });
    }

    [Fact]
    public void Calls_per_second_are_kept_though_everything_is_asked_at_once()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromMinutes(30));
        world.Violations.ShouldBe(0);
        var stamps = world.Yahoo.Counters.Log().Select(arrival => arrival.At).ToList();
        stamps.Zip(stamps.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Limits_per_minute_and_per_day_are_each_what_the_provider_says()
    {
        var catalogue = new CatalogueSource([]).Load();
        catalogue.Find("finnhub")!.Limits.Values.ShouldAllBe(limit => limit.Permits != 1_440 && limit.Window <= TimeSpan.FromMinutes(1));
        catalogue.Find("finnhub")!.Limits["minute"].ShouldSatisfyAllConditions(limit => limit.Permits.ShouldBe(60), limit => limit.Window.ShouldBe(TimeSpan.FromMinutes(1)));
        catalogue.Find("alphavantage")!.Limits["day"].Permits.ShouldBe(25);
        catalogue.Find("alphavantage")!.Limits["second"].Permits.ShouldBe(1);
    }

    [Fact]
    public void Each_class_of_data_has_its_own_time_to_live_whatever_its_provider_is()
    {
        var world = new CollectorWorld(new CollectorOptions { Symbols = [], Commodities = [], Feeds = new Dictionary<string, string>(), RateGroups = [], Tickers = [], FactorSymbols = ["RY"] });
        world.Live(TimeSpan.FromHours(12.5));
        var finnhub = world.Finnhub.Counters.Snapshot().ArrivalsByEndpoint;
        finnhub["/api/v1/stock/metric"].ShouldBe(3); // 0, 6, 12 h
        finnhub["/api/v1/news-sentiment"].ShouldBe(4); // 0, 4, 8, 12 h
        world.NewsApi.Counters.Arrivals.ShouldBe(4);
        world.AlphaVantage.Counters.Arrivals.ShouldBe(2); // 0, 12 h
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(503)]
    public void An_answer_is_no_success_before_its_status_was_looked_at(int status)
    {
        var world = new CollectorWorld { Collects = false };
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            world.Questrade.Faults.Add(new FaultRule(status == 429 ? TwinFault.Limited() : TwinFault.Error(status)) { PathPrefix = "/v1/markets" });
            await world.Door.AskAsync(new DeskAsk("questrade", "/v1/markets/quotes?ids=1") { Deadline = TimeSpan.FromMilliseconds(300) }, default);
            var quotes = world.Engine.Conditions().Single(condition => condition.Endpoint == "questrade.quotes").Outcomes;
            quotes.Succeeded.ShouldBe(0);
            (quotes.Failed + quotes.Limited).ShouldBeGreaterThan(0);
            quotes.Limited.ShouldBe(status == 429 ? quotes.Made : 0);
            await life.StopAsync();
        });
    }

    [Fact]
    public void Each_429_in_a_row_raises_the_back_off_by_one_step_and_never_above_its_maximum()
    {
        var world = new CollectorWorld { Collects = false };
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            await world.Door.AskAsync(new DeskAsk("questrade", "/v1/accounts") { Deadline = TimeSpan.FromSeconds(1) }, default);
            world.Questrade.Faults.Add(new FaultRule(TwinFault.Limited()) { PathPrefix = "/v1/accounts" });
            for (var hit = 1; hit <= 14; hit++)
            {
                await world.Door.AskAsync(new DeskAsk("questrade", "/v1/accounts") { MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(70) }, default);
                var closed = world.Engine.Budgets().Where(budget => budget.Provider == "questrade").Max(budget => budget.ClosedUntil)!.Value - world.Engine.Clock.Now;
                var most = Math.Min(30, Math.Pow(1.5, hit));
                closed.TotalSeconds.ShouldBeInRange((most * 0.5) - 0.1, most, $"hit {hit}");
                await world.Time.Delay(closed);
            }

            await life.StopAsync();
        });
    }

    [Fact]
    public void A_back_off_holds_up_nobody_else()
    {
        var world = new CollectorWorld(NoFactors);
        world.Run(async () =>
        {
            world.Yahoo.Faults.Add(new FaultRule(TwinFault.Limited()));
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(50));
            world.Collections.ShouldHaveSingleItem();
            world.Collections[0].MarketData.State.ShouldBe(ReadingState.Unavailable);
            world.Collections[0].News.State.ShouldBe(ReadingState.Fresh);
            world.Collections[0].Quotes.State.ShouldBe(ReadingState.Fresh);
            await life.StopAsync();
        });
    }

    [Theory]
    [InlineData("^TX60")]
    [InlineData("SHOP.TO")]
    public void An_error_in_one_symbol_discards_no_other_symbol_and_no_other_part(string bad)
    {
        var world = new CollectorWorld(NoFactors with { Symbols = [.. new CollectorOptions().Symbols, "NOSUCH.TO", "EMPTY.TO"] });
        world.Yahoo.Faults.Add(new FaultRule(new TwinFault(TwinFaultKind.GarbageBody)) { PathPrefix = "/v8/finance/chart/" + Uri.EscapeDataString(bad) });
        world.Live(TimeSpan.FromSeconds(50));
        var bars = world.Collections[0].MarketData.Items;
        bars.Where(reading => reading.State == ReadingState.Unavailable).Select(reading => reading.Item).ShouldBe([bad, "NOSUCH.TO", "EMPTY.TO"], ignoreOrder: true);
        bars.Where(reading => reading.State == ReadingState.Unavailable).ShouldAllBe(reading => reading.Reason!.Length > 10 && reading.Value == null);
        bars.Count(reading => reading.State == ReadingState.Fresh).ShouldBe(4);
        world.Collections[0].Parts.Where(part => part.Name is "news" or "economic_data" or "commodities" or "quotes").ShouldAllBe(part => part.State == ReadingState.Fresh);
        // A day without trades is a failure of the reading and told as such; the call itself was answered.
        bars.Single(reading => reading.Item == "EMPTY.TO").Reason.ShouldBe("the answer holds no value");
    }

    [Theory]
    [InlineData(TwinFaultKind.HtmlBody)]
    [InlineData(TwinFaultKind.GarbageBody)]
    [InlineData(TwinFaultKind.EmptyBody)]
    public void Nothing_is_made_up_for_an_answer_with_status_200(object kind)
    {
        var world = new CollectorWorld();
        foreach (var twin in world.Twins)
        {
            twin.Faults.Add(new FaultRule(new TwinFault((TwinFaultKind)kind)));
        }

        world.Live(TimeSpan.FromSeconds(50));
        world.Collections[0].Parts.SelectMany(part => part.All).ShouldAllBe(reading => reading.State == ReadingState.Unavailable && reading.Data == null && reading.Reason!.Length > 0);
    }

    [Fact]
    public void News_rates_and_commodities_go_through_cache_and_budget()
    {
        var world = new CollectorWorld(NoFactors with { Symbols = [], Tickers = [] });
        world.Live(TimeSpan.FromMinutes(59.5));
        (world.Globe.Counters.Arrivals, world.Post.Counters.Arrivals, world.Bank.Counters.Arrivals).ShouldBe((12, 12, 2));
        var stats = world.Engine.Stats().Where(row => row.Calls > 0).ToDictionary(row => row.Endpoint);
        stats.Keys.ShouldBe(["bankofcanada.group-observations", "financialpost.feed", "globeandmail.feed", "yahoo.chart"], ignoreOrder: true);
        stats["globeandmail.feed"].FreshHits.ShouldBe(48);
        world.Engine.Budgets().Select(budget => budget.Limit).ShouldContain("bankofcanada.address");
    }

    [Fact]
    public void Two_collectors_spend_from_one_budget_and_share_what_is_held()
    {
        var world = new CollectorWorld(NoFactors);
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            var arrivals = world.Twins.Sum(twin => twin.Counters.Arrivals);
            var other = new CollectorHost(world.Door, new EngineReadPlanner(world.Engine), new MemoryRecordStore(new RecordDisk(), world.Time), world.Options);
            var collection = await other.CollectAsync(default);
            collection.Parts.Where(part => part.Name is not ("weather" or "accounts")).ShouldAllBe(part => part.State == ReadingState.Fresh);
            (world.Twins.Sum(twin => twin.Counters.Arrivals) - arrivals).ShouldBeLessThanOrEqualTo(2);
            await life.StopAsync();
        });
    }

    [Fact]
    public void No_attempt_is_repeated_by_a_layer_that_does_not_pay_for_it()
    {
        var world = new CollectorWorld(NoFactors with { Symbols = ["RY.TO"], Commodities = [], Tickers = [] });
        world.Run(async () =>
        {
            var life = world.Begin();
            world.Yahoo.Faults.Add(new FaultRule(TwinFault.Error(500)));
            await world.Time.Delay(TimeSpan.FromSeconds(50));
            var stats = world.Engine.Stats().Single(row => row.Endpoint == "yahoo.chart");
            stats.Calls.ShouldBe(world.Yahoo.Counters.Arrivals);
            world.Engine.Budgets().Single(budget => budget.Limit == "yahoo.day").Used.ShouldBe(world.Yahoo.Counters.Arrivals);
            world.Yahoo.Counters.Arrivals.ShouldBeLessThanOrEqualTo(3);
            await life.StopAsync();
        });
    }

    [Fact]
    public void No_credential_is_in_what_is_kept_told_or_counted()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromMinutes(2));
        var told = new StringBuilder();
        world.Run(async () =>
        {
            foreach (var record in await new MemoryRecordStore(world.Stores.Records, world.Time).QueryAsync(new RecordQuery("desk.collection"), default))
            {
                told.Append(Encoding.UTF8.GetString(record.Content.Span));
            }
        });
        told.Length.ShouldBeGreaterThan(1_000);
        foreach (var secret in new[] { "apikey", "\"demo\"", "refresh-0", "access-1", "Bearer", "26598145" })
        {
            told.ToString().ShouldNotContain(secret);
        }
    }
}
