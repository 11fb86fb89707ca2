using System.Text.Json;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Tests.Support;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Fleet;

/// <summary>A test for each defect of the replaced fleet that a fleet over the gate could have again; each is named after it.</summary>
public sealed class FleetDefectTests
{
    private static readonly FleetOptions Small = new() { Pairs = ["BTC-USD", "ETH-USD", "SOL-USD"], BuyThreshold = 2, SellThreshold = 3, Cooldown = TimeSpan.Zero };

    [Fact]
    public void Lists_are_cached_as_well_as_single_values()
    {
        var world = new FleetWorld();
        Live(world, TimeSpan.FromMinutes(59));
        world.ReadsOf("market-candles").ShouldBe(25);
        // Products came with the first quote: they are the same answer.
        world.ReadsOf("market-products").ShouldBe(12);
    }

    [Fact]
    public void Asks_made_at_once_for_the_same_thing_are_one_call()
    {
        var world = new FleetWorld(Small with { Modes = Small.Pairs.ToDictionary(pair => pair, _ => BotMode.Bypass) });
        Live(world, TimeSpan.FromSeconds(20));
        var candles = world.Twin.Counters.Log().Where(arrival => arrival.Request.RawTarget.Contains("/candles")).Select(arrival => arrival.Request.RawTarget).ToList();
        candles.Count.ShouldBe(candles.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_bot_ever_receives_another_bots_answer(int seed)
    {
        var random = new Random(seed);
        var all = new FleetOptions().Pairs;
        for (var round = 0; round < 4; round++)
        {
            var pairs = all.OrderBy(_ => random.Next()).Take(random.Next(1, 26)).ToList();
            var modes = pairs.Where(_ => random.Next(3) == 0).ToDictionary(pair => pair, _ => random.Next(2) == 0 ? BotMode.Bypass : BotMode.Shadow);
            var world = new FleetWorld(new FleetOptions { Pairs = pairs, Modes = modes, Style = random.Next(2) == 0 ? FleetStyle.Batched : FleetStyle.SingleProduct }, seed: random.Next());
            world.Run(async () =>
            {
                var life = world.Begin();
                for (var cycle = 0; cycle < 3; cycle++)
                {
                    await world.Time.Delay(TimeSpan.FromMinutes(4));
                    foreach (var bot in world.Host.Status().Bots)
                    {
                        var at = world.Time.TrueNow - bot.DataAge!.Value;
                        bot.Price.ShouldBe(world.Tape.LastAt(bot.Pair, at), bot.Pair);
                    }
                }

                await life.StopAsync();
            });
        }
    }

    [Fact]
    public void An_identical_second_order_is_sent()
    {
        var world = new FleetWorld(Small with { Pairs = ["BTC-USD"] });
        Live(world, TimeSpan.FromMinutes(26));
        var orders = world.Twin.Counters.Log().Where(arrival => arrival.Request.Method == "POST").Select(arrival => JsonDocument.Parse(arrival.Request.Body).RootElement).ToList();
        orders.Count.ShouldBe(3);
        orders.Select(order => order.GetProperty("order_configuration").GetRawText()).Distinct().Count().ShouldBe(1);
        orders.Select(order => order.GetProperty("client_order_id").GetString()).Distinct().Count().ShouldBe(3);
        world.Twin.Orders.ShouldBe(3);
    }

    [Fact]
    public void An_order_whose_answer_is_lost_is_looked_up_and_not_sent_again()
    {
        var world = new FleetWorld(Small with { Pairs = ["BTC-USD"], Cooldown = TimeSpan.FromHours(1) });
        var lost = 0;
        world.Network.Fate = call => new NetworkFate(
            TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), call.Method == "POST" && lost++ == 0 ? NetworkFault.ResetAfterArrival : NetworkFault.None);
        Live(world, TimeSpan.FromMinutes(20));
        lost.ShouldBe(1);
        world.Twin.Orders.ShouldBe(1);
        world.Host.Status().Bots[0].LastOrder!.ShouldContain(" filled at ");
    }

    [Fact]
    public void An_order_that_never_arrived_is_given_up_only_when_nothing_can_be_under_way_any_more()
    {
        var world = new FleetWorld(Small with { Pairs = ["BTC-USD"], Cooldown = TimeSpan.FromHours(1) });
        var lost = 0;
        world.Network.Fate = call => new NetworkFate(
            TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30), call.Method == "POST" && lost++ == 0 ? NetworkFault.ResetBeforeArrival : NetworkFault.None);
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(20));
            world.Host.Status().Bots[0].LastOrder!.ShouldContain("being looked up");
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            world.Host.Status().Bots[0].LastOrder!.ShouldContain("the exchange has never seen it");
            await world.Time.Delay(TimeSpan.FromMinutes(12));
            await life.StopAsync();
        });
        world.Twin.Orders.ShouldBe(1);
    }

    [Fact]
    public void A_refresh_of_all_pairs_is_one_call_and_counts_as_what_it_is()
    {
        var world = new FleetWorld();
        Live(world, TimeSpan.FromMinutes(16));
        world.ReadsOf("market-product", "market-ticker").ShouldBe(0);
        // At 0, 5, 10 and 15 minutes.
        world.ReadsOf("market-products").ShouldBe(4);
    }

    [Fact]
    public void A_missing_series_is_no_evaluation_and_never_an_invented_one()
    {
        var decision = Decide(Ticker(100, TimeSpan.FromSeconds(1)), candles: null);
        decision.Reason.ShouldBe("no evaluation: no candles (why)");
        (decision.Action, decision.Scores).ShouldBe((BotAction.Hold, null));
    }

    [Fact]
    public void A_price_older_than_thirty_seconds_blocks_trading_and_says_so()
    {
        Decide(Ticker(100, TimeSpan.FromSeconds(31)), []).Reason.ShouldBe("blocked: the price is 31 s old, 30 s are allowed");
        Decide(Ticker(100, TimeSpan.FromSeconds(1)) with { IsStale = true }, []).Reason.ShouldStartWith("blocked: the price is ");
        Decide(Ticker(100, TimeSpan.FromSeconds(30)), []).Reason.ShouldStartWith("no evaluation: 0 hours");
    }

    [Fact]
    public void Products_are_not_downloaded_for_each_order()
    {
        var world = new FleetWorld(Small);
        Live(world, TimeSpan.FromMinutes(31));
        world.Twin.Orders.ShouldBeGreaterThan(5);
        world.ReadsOf("products", "product").ShouldBe(0);
        // A quote a cycle, and no more.
        world.ReadsOf("market-products").ShouldBe(7);
    }

    [Fact]
    public void The_running_hour_is_built_from_the_prices_seen_and_marked()
    {
        var hours = new Headgate.Desk.Fleet.Market.PairHours("BTC-USD", 100);
        var now = FleetWorld.Start.AddMinutes(5);
        var door = new FakeDoor(new VirtualTime(now), _ => FakeDoor.Data("""{"candles":[{"start":"1795132800","low":"1","high":"3","open":"2","close":"2","volume":"5"}]}"""));
        hours.LoadAsync(new FleetExchange(door, new UnsignedTokens()), now, TimeSpan.FromSeconds(1), "test", default).IsCompletedSuccessfully.ShouldBeTrue();
        hours.See(10, now);
        hours.See(12, now.AddMinutes(5));
        hours.See(11, now.AddMinutes(10));
        hours.At(now.AddMinutes(10))![^1].ShouldBe(new Candle(FleetWorld.Start, 10, 12, 10, 11, 0, IsBuilt: true));
        hours.At(now.AddHours(1)).ShouldBeNull();
    }

    private static BotDecision Decide(Ticker ticker, IReadOnlyList<Candle>? candles) => new BotRules(new FleetOptions())
        .Decide(new BotState("BTC-USD"), new BotView(ticker, candles, null, null, "why"), default, FleetWorld.Start, FleetWorld.Start).Decision;

    private static Ticker Ticker(decimal price, TimeSpan age) => new("BTC-USD", price, 0, FleetWorld.Start - age, IsStale: false);

    private static void Live(FleetWorld world, TimeSpan span) => world.Run(async () =>
    {
        var life = world.Begin();
        await world.Time.Delay(span);
        await life.StopAsync();
    });
}
