using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Fleet.Statistics;
using Headgate.Testing;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Fleet;

/// <summary>What a fleet in service needs beside its decisions: settings, modes, statistics, pairs that are not there.</summary>
public sealed class FleetServiceTests
{
    [Fact]
    public void Every_cycle_asks_for_new_prices_however_short_cycles_are()
    {
        var world = new FleetWorld(new FleetOptions { Cycle = TimeSpan.FromMinutes(1) });
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(10.5));
            world.ReadsOf("market-products").ShouldBe(11);
            world.Host.Status().Problem.ShouldBeNull();
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_pair_the_exchange_does_not_list_stops_its_own_bot_alone_and_costs_no_repeated_calls()
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD", "GONE-USD"] }, tape: Headgate.Desk.Days.FleetDay.Market(1, FleetWorld.Start, ["BTC-USD"]));
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(56));
            var status = world.Host.Status();
            status.Problem.ShouldBe("the exchange does not list GONE-USD: take the pair out of the settings, or stop its bot");
            status.Bots.Single(bot => bot.Pair == "GONE-USD").Reason.ShouldContain("does not list it");
            status.Bots.Single(bot => bot.Pair == "BTC-USD").Reason.ShouldNotContain("blocked: no price");
            world.Decisions.ShouldNotBeEmpty();
            world.ReadsOf("market-products").ShouldBe(12);
            world.ReadsOf("market-candles").ShouldBe(2);
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_mode_set_while_it_runs_survives_a_kill_and_can_be_taken_back()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            (await world.Host.SetModeAsync("BTC-USD", BotMode.Bypass)).ShouldBeTrue();
            (await world.Host.SetModeAsync("GONE-USD", BotMode.Bypass)).ShouldBeFalse();
            await life.KillAsync();
            life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            Mode().ShouldBe(BotMode.Bypass);
            await world.Host.SetModeAsync("BTC-USD", null);
            Mode().ShouldBe(BotMode.On);
            await life.StopAsync();
        });

        BotMode Mode() => world.Host.Status().Bots.Single(bot => bot.Pair == "BTC-USD").Mode;
    }

    [Theory]
    [InlineData(BotMode.Shadow, BotMode.Shadow)]
    [InlineData(null, BotMode.On)]
    public void Of_two_modes_set_side_by_side_the_last_one_written_is_in_force_before_and_after_a_restart(BotMode? second, BotMode expected)
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD"] });
        var isFirst = true;
        world.Wrap = store => new KillingRecords(store, async (record, isDone) =>
        {
            if (isDone && isFirst && record.Kind == "fleet.mode")
            {
                isFirst = false;
                await world.Time.Delay(TimeSpan.FromSeconds(1));
            }
        });
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            var first = world.Host.SetModeAsync("BTC-USD", BotMode.Bypass);
            await world.Host.SetModeAsync("BTC-USD", second);
            await first;
            Mode().ShouldBe(expected);
            await life.KillAsync();
            life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            Mode().ShouldBe(expected);
            await life.StopAsync();
        });

        BotMode Mode() => world.Host.Status().Bots.Single().Mode;
    }

    [Fact]
    public void Statistics_agree_with_what_the_exchange_counted()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(30));
            var statistics = world.Host.Statistics;
            var rows = statistics.Figures();
            statistics.Calls.ShouldBe(world.Twin.Counters.Arrivals);
            Sum(FleetData.Ticker, row => row.Calls).ShouldBe(world.ReadsOf("market-products"));
            Sum(FleetData.Ticker, row => row.Requests).ShouldBe(25 * world.ReadsOf("market-products"));
            Sum(FleetData.Ticker, row => row.Batched).ShouldBe(25 * world.ReadsOf("market-products"));
            Sum(FleetData.Historical, row => row.Calls).ShouldBe(world.ReadsOf("market-candles"));
            Sum(FleetData.Accounts, row => row.Calls).ShouldBe(world.ReadsOf("accounts"));
            Sum(FleetData.Products, row => row.Hits).ShouldBe(25);
            Sum(FleetData.Order, row => row.Calls).ShouldBe(world.Twin.Orders);
            Sum(FleetData.OrderStatus, row => row.Calls).ShouldBe(world.ReadsOf("orders"));
            rows.Where(row => row.Data == FleetData.Order).ShouldAllBe(row => row.Caller.EndsWith("-USD"));
            rows.ShouldAllBe(row => row.Failures == 0 && row.Limited == 0 && row.Refused == 0 && row.StaleServed == 0);
            rows.Single(row => row.Data == FleetData.Historical).Wait.Max.ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
            statistics.CallsOf(TimeSpan.FromHours(1)).ShouldBe(new FleetCallRate(statistics.Calls, world.Reads));
            await life.StopAsync();

            long Sum(FleetData data, Func<FleetFigures, long> figure) => rows.Where(row => row.Data == data).Sum(figure);
        });
    }

    [Fact]
    public void Failures_and_refusals_are_counted_apart_and_an_hour_is_forgotten_after_an_hour()
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD"] });
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            world.IsDown = true;
            await world.Time.Delay(TimeSpan.FromMinutes(20));
            var ticker = world.Host.Statistics.Figures().Single(row => row.Data == FleetData.Ticker);
            ticker.Failures.ShouldBeGreaterThan(0);
            ticker.Refused.ShouldBeGreaterThan(0, "a breaker refuses without a call");
            ticker.Hits.ShouldBe(0);
            await life.StopAsync();
            await world.Time.Delay(TimeSpan.FromHours(1));
            world.Host.Statistics.CallsOf(TimeSpan.FromHours(1)).ShouldBe(new FleetCallRate(0, 0));
        });
    }

    [Theory]
    [InlineData(BotMode.Shadow)]
    [InlineData(BotMode.Bypass)]
    public void Prices_of_the_others_do_not_age_while_a_bot_reads_data_of_its_own(BotMode mode)
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD", "ETH-USD"], Modes = new Dictionary<string, BotMode>(StringComparer.Ordinal) { ["ETH-USD"] = mode } });
        var quick = world.Network.Fate;
        world.Network.Fate = call => quick(call) with { Back = call.Target.EndsWith("/products/ETH-USD", StringComparison.Ordinal) ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(30) };
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            var status = world.Host.Status();
            status.Took!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(3));
            var shared = status.Bots.Single(bot => bot.Pair == "BTC-USD");
            (shared.DataAge!.Value - (world.Time.GetUtcNow() - shared.At)).ShouldBeLessThan(TimeSpan.FromSeconds(1));
            await life.StopAsync();
        });
    }

    [Fact]
    public void Candles_of_an_hour_that_ended_while_they_were_read_are_told_as_missing_and_looked_for_soon()
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD"] });
        var quick = world.Network.Fate;
        world.Network.Fate = call => quick(call) with { Back = call.Target.Contains("/candles?", StringComparison.Ordinal) ? TimeSpan.FromSeconds(3) : TimeSpan.FromMilliseconds(30) };
        world.Run(async () =>
        {
            await world.Time.Delay(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            var status = world.Host.Status();
            status.Problem.ShouldBe("data is missing: the candles of the last full hour are still to come");
            status.Bots.Single().Action.ShouldBe(BotAction.Hold);
            (status.NextRun!.Value - status.EvaluatedAt!.Value).ShouldBeLessThanOrEqualTo(world.Options.RetryEvery);
            await world.Time.Delay(world.Options.RetryEvery + TimeSpan.FromSeconds(5));
            status = world.Host.Status();
            status.Problem.ShouldBeNull();
            status.Bots.Single().Scores.ShouldNotBeNull();
            await life.StopAsync();
        });
    }

    [Fact]
    public void The_baseline_is_48_reads_an_hour_for_each_bot_of_this_fleet()
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD", "ETH-USD", "SOL-USD"] });
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(30));
            var report = FleetReport.Of(world.Host, world.Engine);
            report.BaselinePerHour.ShouldBe(3 * 48);
            report.HourCovered.ShouldBe(TimeSpan.FromMinutes(30));
            report.ReductionOfBaseline.ShouldBe(decimal.Round(1 - (world.Reads / (3 * 48m / 2)), 4));
            await life.StopAsync();
        });
    }

    [Fact]
    public void Settings_are_read_and_lists_replace_the_defaults()
    {
        var settings = FleetSettings.From(Configuration(
            ("desk:fleet:pairs", "BTC-USD, ETH-USD"), ("desk:fleet:stopped:0", "ETH-USD"), ("desk:fleet:modes:BTC-USD", "shadow"), ("desk:fleet:cycle", "00:01:00"), ("desk:fleet:style", "singleProduct"),
            ("desk:fleet:paperDollars", "250.5"), ("desk:fleet:tradesPerDay", "7")));
        settings.Options.Pairs.ShouldBe(["BTC-USD", "ETH-USD"]);
        settings.Options.Stopped.ShouldBe(["ETH-USD"]);
        settings.Options.ModeOf("BTC-USD").ShouldBe(BotMode.Shadow);
        settings.Options.Cycle.ShouldBe(TimeSpan.FromMinutes(1));
        settings.Options.Style.ShouldBe(FleetStyle.SingleProduct);
        settings.Options.TradesPerDay.ShouldBe(7);
        settings.PaperDollars.ShouldBe(250.5m);
        FleetSettings.From(Configuration()).Options.Pairs.Count.ShouldBe(25);
    }

    [Theory]
    [InlineData("cycle", "00:00:10", "desk:fleet:cycle (seconds) is 10; expected 60 to 3600.")]
    [InlineData("tradeDollars", "1000", "desk:fleet:tradeDollars is 1000; expected 1 to 100.")]
    [InlineData("pairs", "BTCUSD", "desk:fleet:pairs has 'BTCUSD'; expected pairs such as BTC-USD.")]
    [InlineData("pairs", "BTC-USD,BTC-USD", "desk:fleet:pairs has BTC-USD 2 times; expected one bot per pair.")]
    [InlineData("stopped", "NO-USD", "desk:fleet:stopped names NO-USD; expected pairs of desk:fleet:pairs.")]
    [InlineData("modes:NO-USD", "on", "desk:fleet:modes names NO-USD; expected pairs of desk:fleet:pairs.")]
    [InlineData("buyThreshold", "0.2", "desk:fleet:buyThreshold is 0.2 and :sellThreshold 0.05; the former must be below the latter.")]
    [InlineData("candles", "20", "desk:fleet:candles is 20; expected 35 to 299.")]
    public void A_setting_out_of_its_range_is_named(string name, string value, string expected) =>
        Should.Throw<FormatException>(() => FleetSettings.From(Configuration(("desk:fleet:" + name, value)))).Message.ShouldContain(expected);

    [Theory]
    [InlineData("cycle", "soon")]
    [InlineData("modes:BTC-USD", "half")]
    public void A_setting_that_cannot_be_read_is_named(string name, string value) =>
        Should.Throw<FormatException>(() => FleetSettings.From(Configuration(("desk:fleet:" + name, value)))).Message.ShouldContain("desk:fleet:" + name, Case.Insensitive);

    [Fact]
    public void A_key_of_an_account_signs_reads_and_nothing_else()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var tokens = new Es256Tokens("organizations/1/apiKeys/2", key.ExportECPrivateKeyPem(), new Random(1));
        tokens.Sign("GET", "/api/v3/brokerage/accounts", FleetWorld.Start).Split('.').Length.ShouldBe(3);
        Should.Throw<InvalidOperationException>(() => tokens.Sign("POST", "/api/v3/brokerage/orders", FleetWorld.Start));
    }

    [Fact]
    public void Every_setting_is_in_the_document_with_its_default()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "desk", "fleet.md"));
        var defaults = new FleetOptions();
        foreach (var property in typeof(FleetOptions).GetProperties().Where(static property => property.SetMethod is not null))
        {
            var value = property.GetValue(defaults);
            var row = $"| `fleet:{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}";
            document.ShouldContain(value is string or System.Collections.IEnumerable ? row : $"{row}` | `{(value as IFormattable)?.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}` |", Case.Sensitive);
        }
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))).Build();
}
