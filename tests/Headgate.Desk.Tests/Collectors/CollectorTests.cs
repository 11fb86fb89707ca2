using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Readings;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Collectors;

public sealed class CollectorTests
{
    [Fact]
    public void A_cycle_brings_every_part_with_age_source_and_next_run()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromMinutes(1.5));
        var collection = world.Collections[0];
        collection.Parts.Select(part => part.Name).ShouldBe(["market_data", "news", "economic_data", "commodities", "weather", "quotes", "accounts", "factors"]);
        collection.Parts.Where(part => part.Name != "weather").ShouldAllBe(part => part.State == ReadingState.Fresh);
        collection.MarketData.Items.Select(reading => reading.Item).ShouldBe(["^GSPTSE", "^TX60", "RY.TO", "TD.TO", "SHOP.TO"]);
        collection.MarketData.Items.ShouldAllBe(reading => reading.Source == "yahoo" && reading.Value!.Low <= reading.Value.High && collection.At - reading.Value.Timestamp < TimeSpan.FromMinutes(2));
        collection.News.Items[0].Value!.Stories[0].ShouldSatisfyAllConditions(story => story.Title.ShouldContain("& more"), story => story.Link.ShouldStartWith("https://news.example/"), story => story.Published.ShouldNotBeNull());
        // A Friday morning's newest values are Thursday's, and say so.
        collection.EconomicData.Items.SelectMany(group => group.Value!.Observations).ShouldAllBe(observation => observation.Date == new DateOnly(2026, 11, 19));
        collection.Commodities.Items.ShouldAllBe(reading => reading.Value!.Change == reading.Value.Last - reading.Value.Open);
        collection.Accounts.Items.Select(reading => reading.Item).ShouldBe(["TFSA …145 positions", "TFSA …145 balances"]);
        world.Violations.ShouldBe(0);

        var parts = world.Host.Status().Parts.ToDictionary(part => part.Name);
        parts["news"].Age!.Value.ShouldBe(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1));
        parts["news"].NextRun.ShouldBe(CollectorWorld.Open.AddMinutes(5));
        parts["news"].Sources.ShouldBe(["financialpost", "globeandmail"]);
        parts["economic_data"].NextRun.ShouldBe(CollectorWorld.Open.AddHours(1));
    }

    [Fact]
    public void What_no_upstream_has_is_unavailable_with_the_reason()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromSeconds(30));
        var weather = world.Collections[0].Weather;
        weather.State.ShouldBe(ReadingState.Unavailable);
        weather.Items.Single().ShouldSatisfyAllConditions(reading => reading.Value.ShouldBeNull(), reading => reading.Reason!.ShouldContain("no provider of the catalogue"));
    }

    [Fact]
    public void An_interval_the_budget_cannot_carry_is_stretched_and_reported()
    {
        // The ten symbols of a configuration that polls indices every second: 2,000 calls a day carry one a second for 33 minutes.
        var world = new CollectorWorld(new CollectorOptions { Cycle = TimeSpan.FromSeconds(1), BarsEvery = TimeSpan.FromSeconds(1), Commodities = [], Tickers = [], FactorSymbols = [] });
        world.Live(TimeSpan.FromMinutes(10));
        var bars = world.Host.Status().Parts.Single(part => part.Name == "market_data");
        bars.Stretched.Count.ShouldBe(5);
        bars.Stretched.ShouldAllBe(read => read.Wanted == TimeSpan.FromSeconds(1) && read.Interval == TimeSpan.FromSeconds(270) && read.StretchPercent == 27_000 && read.Limit == "yahoo.day");
        world.Yahoo.Counters.Arrivals.ShouldBe(15);
    }

    [Fact]
    public void Each_source_has_its_own_interval_and_the_gate_answers_between_them()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromMinutes(60.5));
        world.Globe.Counters.Arrivals.ShouldBe(13);
        world.Bank.Counters.Arrivals.ShouldBe(4);
        // Five minutes are stretched to seven: 61 cycles hold nine of them.
        world.Yahoo.Counters.Arrivals.ShouldBe(7 * 9);
        world.Finnhub.Counters.Arrivals.ShouldBe(20);
        world.AlphaVantage.Counters.Arrivals.ShouldBe(10);
        world.NewsApi.Counters.Arrivals.ShouldBe(10);
        world.Collections.Count.ShouldBe(61);
    }

    [Fact]
    public void The_last_collection_outlives_the_process_and_the_budgets_do_too()
    {
        var world = new CollectorWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(2.5));
            await life.KillAsync();
            var kept = await new CollectionStore(new MemoryRecordStore(world.Stores.Records)).LoadAsync(default);
            kept!.At.ShouldBe(world.Collections[^1].At);
            kept.MarketData.Items[0].Value.ShouldBe(world.Collections[^1].MarketData.Items[0].Value);
            kept.Factors.Items[0].Value!.Facts["PERatio"].ShouldBe("21.5");
            var before = world.Twins.Sum(twin => twin.Counters.Arrivals);
            life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(20));
            // All but positions and balances, which are a minute old at most, is held.
            (world.Twins.Sum(twin => twin.Counters.Arrivals) - before).ShouldBeLessThanOrEqualTo(2);
            world.Collections[^1].Parts.Where(part => part.Name != "weather").ShouldAllBe(part => part.State == ReadingState.Fresh);
            await life.StopAsync();
        });
        world.Questrade.Redeemed.ShouldBe(1);
    }

    [Fact]
    public void What_an_earlier_process_collected_two_days_ago_is_told_as_stale_until_it_is_read_again()
    {
        var world = new CollectorWorld();
        world.Live(TimeSpan.FromMinutes(10));
        world.Host.Status().Parts.Where(part => part.Name != "weather").ShouldAllBe(part => part.State == ReadingState.Fresh);
        foreach (var twin in world.Twins)
        {
            world.Down.Add(twin.Name);
        }

        world.Run(async () =>
        {
            // Sunday: of the shares nothing newer than Friday's close was ever read.
            await world.Time.Delay(TimeSpan.FromDays(2));
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMilliseconds(5));
            world.Collections.Count.ShouldBe(10);
            var status = world.Host.Status();
            status.Last!.At.ShouldBe(world.Collections[^1].At);
            foreach (var part in status.Parts.Where(part => part.Name != "weather"))
            {
                part.ShouldSatisfyAllConditions(
                    old => old.State.ShouldBe(ReadingState.Stale), old => old.Age!.Value.ShouldBeGreaterThan(TimeSpan.FromDays(2)), old => old.Reason!.ShouldContain("older than its schedule allows"));
                part.Items.ShouldAllBe(reading => reading.State == ReadingState.Stale && reading.Data != null);
            }

            await life.KillAsync();
        });
    }

    [Fact]
    public void A_reading_within_its_schedule_is_fresh_at_any_moment_of_a_day()
    {
        var world = new CollectorWorld(new CollectorOptions { FactorSymbols = [] });
        world.Run(async () =>
        {
            var life = world.Begin();
            for (var i = 0; i < 24 * 20; i++)
            {
                await world.Time.Delay(TimeSpan.FromSeconds(187));
                world.Host.Status().Parts.Where(part => part.Name != "weather").ShouldAllBe(part => part.State == ReadingState.Fresh, $"at {world.Time.TrueNow}");
            }

            await life.StopAsync();
        });
    }

    [Fact]
    public void A_source_that_is_away_leaves_old_values_marked_stale_and_the_others_fresh()
    {
        var world = new CollectorWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            world.Down.Add("globeandmail");
            await world.Time.Delay(TimeSpan.FromMinutes(7));
            var news = world.Collections[^1].News;
            news.State.ShouldBe(ReadingState.Stale);
            news.Items.Single(reading => reading.Item == "financialpost").State.ShouldBe(ReadingState.Fresh);
            news.Items.Single(reading => reading.Item == "globeandmail").ShouldSatisfyAllConditions(
                reading => reading.State.ShouldBe(ReadingState.Stale),
                reading => reading.Value!.Stories.ShouldNotBeEmpty(),
                reading => reading.Reason.ShouldNotBeNullOrEmpty(),
                reading => (world.Time.TrueNow - reading.At!.Value).ShouldBeGreaterThan(TimeSpan.FromMinutes(7)));
            world.Collections[^1].MarketData.State.ShouldBe(ReadingState.Fresh);
            world.Down.Clear();
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            world.Collections[^1].News.State.ShouldBe(ReadingState.Fresh);
            await life.StopAsync();
        });
    }

    [Fact]
    public void Without_a_credential_factors_are_unavailable_and_name_the_secret_that_is_missing()
    {
        var world = new CollectorWorld();
        world.Secrets.Remove("ALPHA_VANTAGE_API_KEY");
        world.Live(TimeSpan.FromSeconds(30));
        var factors = world.Collections[0].Factors.Items;
        factors.Where(reading => reading.Source == "alphavantage").ShouldAllBe(reading => reading.State == ReadingState.Unavailable && reading.Reason!.Contains("ALPHA_VANTAGE_API_KEY"));
        factors.Where(reading => reading.Source != "alphavantage").ShouldAllBe(reading => reading.State == ReadingState.Fresh);
        world.AlphaVantage.Counters.Arrivals.ShouldBe(0);
    }

    [Fact]
    public void With_a_key_for_each_purpose_overviews_go_under_the_one_for_fundamentals()
    {
        var world = new CollectorWorld(profiles: new Dictionary<string, string> { ["alphavantage"] = "four-keys", ["yahoo"] = "research" });
        foreach (var purpose in new[] { "prices", "fundamentals", "macro", "sentiment" })
        {
            world.Secrets[$"ALPHA_VANTAGE_{purpose.ToUpperInvariant()}_KEY"] = purpose;
        }

        world.Live(TimeSpan.FromSeconds(30));
        world.AlphaVantage.Counters.Log().Count.ShouldBe(10);
        world.AlphaVantage.Counters.Log().ShouldAllBe(arrival => arrival.Route.Key == "fundamentals");
        world.Collections[0].Factors.Items.ShouldAllBe(reading => reading.State == ReadingState.Fresh);
    }

    [Fact]
    public void The_most_important_symbols_get_what_is_left_of_a_day_s_budget()
    {
        var world = new CollectorWorld(new CollectorOptions { Symbols = [], Commodities = [], Feeds = new Dictionary<string, string>(), RateGroups = [], Tickers = [] });
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            for (var i = 0; i < 10; i++)
            {
                await world.Door.AskAsync(new Headgate.Desk.Doors.DeskAsk("alphavantage", $"/query?function=OVERVIEW&symbol=OTHER{i}"), default);
            }

            // What was read stays fresh for its stretched half day; then three calls are left that are not kept for urgent demands.
            await world.Time.Delay(TimeSpan.FromHours(13.1));
            var overviews = world.Collections[^1].Factors.Items.Where(reading => reading.Source == "alphavantage").ToList();
            overviews.Select(reading => reading.State).ShouldBe([.. Enumerable.Repeat(ReadingState.Fresh, 3), .. Enumerable.Repeat(ReadingState.Stale, 7)]);
            overviews.Where(reading => reading.State == ReadingState.Stale).ShouldAllBe(reading => reading.Value != null && reading.Reason!.Contains("limit"));
            world.Violations.ShouldBe(0);
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_full_disk_loses_no_collection_on_the_screen_and_says_so()
    {
        var world = new CollectorWorld(new CollectorOptions { Tickers = [], FactorSymbols = [] });
        var host = new CollectorHost(new Support.FakeDoor(world.Time, static _ => Support.FakeDoor.Refused("no")), new Headgate.Desk.Collectors.Planning.StatedReadPlanner(), new FullRecords(), world.Options);
        world.Run(async () => await host.CollectAsync(default));
        host.Status().ShouldSatisfyAllConditions(status => status.Last.ShouldNotBeNull(), status => status.Problem!.ShouldContain("disk full"));
    }

    private sealed class FullRecords : IRecordStore
    {
        public ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation) => throw new IOException("disk full");

        public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => throw new IOException("disk full");

        public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => ValueTask.FromResult<StoredRecord?>(null);

        public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<StoredRecord>>([]);

        public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => ValueTask.FromResult(false);
    }
}
