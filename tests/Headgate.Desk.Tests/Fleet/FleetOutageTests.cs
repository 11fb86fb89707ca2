using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;

namespace Headgate.Desk.Tests.Fleet;

public sealed class FleetOutageTests
{
    [Fact]
    public void Ten_minutes_without_the_exchange_block_trading_and_say_so_and_it_resumes_within_a_minute()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(62));
            world.Host.Status().Problem.ShouldBeNull();
            var ordersBefore = world.Twin.Orders;
            var decisionsBefore = world.Decisions.Count;

            world.IsDown = true;
            await world.Time.Delay(TimeSpan.FromMinutes(4));
            var blocked = world.Host.Status();
            blocked.Problem.ShouldNotBeNull();
            blocked.Bots.Count.ShouldBe(25);
            blocked.Bots.ShouldAllBe(bot => bot.Action == BotAction.Hold && (bot.Reason.StartsWith("blocked: ") || bot.Reason.StartsWith("cooldown")));
            blocked.Bots.ShouldContain(bot => bot.Reason.StartsWith("blocked: "));
            await world.Time.Delay(TimeSpan.FromMinutes(6));
            (world.Twin.Orders, world.Decisions.Count).ShouldBe((ordersBefore, decisionsBefore));

            world.IsDown = false;
            var back = world.Time.TrueNow;
            while (world.Host.Status().Problem is not null)
            {
                await world.Time.Delay(TimeSpan.FromSeconds(1));
                (world.Time.TrueNow - back).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(60));
            }

            world.Host.Status().Bots.ShouldContain(bot => bot.Scores != null && bot.DataAge < TimeSpan.FromSeconds(30));
            await life.StopAsync();
        });
        world.Twin.Counters.Violations.ShouldBe(0);
    }

    [Fact]
    public void Looking_at_the_fleet_evaluates_nothing_and_asks_nobody_and_groups_by_signal_then_strength()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(6));
            var before = world.Network.Sent;
            var first = world.Host.Status();
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            var second = world.Host.Status();
            world.Network.Sent.ShouldBe(before);
            second.EvaluatedAt.ShouldBe(first.EvaluatedAt);
            second.NextRun.ShouldBe(FleetWorld.Start.AddMinutes(10));
            var order = second.Bots.Select(bot => bot.Signal == BotAction.Hold ? 2 : bot.Signal == BotAction.Buy ? 0 : 1).ToList();
            order.ShouldBeInOrder();
            order.ShouldContain(0);
            order.ShouldContain(1);
            foreach (var group in second.Bots.GroupBy(bot => bot.Signal))
            {
                group.Select(bot => -Math.Abs(bot.Scores?.Total ?? 0)).ShouldBeInOrder();
            }

            second.Bots[0].DataAge!.Value.ShouldBe(first.Bots[0].DataAge!.Value + TimeSpan.FromSeconds(40));
            second.Bots.ShouldAllBe(bot => bot.Reason.Length > 0 && bot.NextRun == second.NextRun);
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_fleet_that_no_longer_evaluates_shows_it()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            await life.StopAsync();
            await world.Time.Delay(TimeSpan.FromMinutes(30));
            world.Host.Status().Problem!.ShouldStartWith("no evaluation for ");
        });
    }

    [Fact]
    public void A_cycle_is_below_a_second_warm_and_below_thirty_seconds_cold()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            (world.Host.Status().EvaluatedAt!.Value - FleetWorld.Start).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            (world.Host.Status().EvaluatedAt!.Value - FleetWorld.Start.AddMinutes(5)).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
            await life.StopAsync();
        });
    }

    [Theory]
    [InlineData(BotMode.Bypass, false)]
    [InlineData(BotMode.Shadow, true)]
    public void A_bot_beside_the_snapshot_asks_for_itself(BotMode mode, bool compares)
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            world.ReadsOf("market-product").ShouldBe(0);
            await world.Host.SetModeAsync("BTC-USD", mode);
            await world.Time.Delay(TimeSpan.FromMinutes(4));
            world.ReadsOf("market-product").ShouldBe(1);
            var bot = world.Host.Status().Bots.Single(bot => bot.Pair == "BTC-USD");
            bot.Price.ShouldBe(world.Tape.LastAt("BTC-USD", FleetWorld.Start.AddMinutes(5)));
            // The exchange's running hour and the built one close on the same price; what lies between is only in the exchange's.
            (bot.Difference is null || compares).ShouldBeTrue();
            await world.Host.SetModeAsync("BTC-USD", BotMode.On);
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            world.ReadsOf("market-product").ShouldBe(1);
            await life.StopAsync();
        });
    }
}
