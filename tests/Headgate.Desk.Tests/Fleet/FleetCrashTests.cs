using System.Text.Json;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Fleet;

public sealed class FleetCrashTests
{
    [Fact]
    public void A_killed_worker_evaluates_again_within_five_seconds()
    {
        var world = new FleetWorld();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(63));
            await life.KillAsync();
            var killed = world.Time.TrueNow;
            var next = world.Begin();
            await world.Time.Delay(TimeSpan.FromSeconds(5));
            var status = world.Host.Status();
            status.EvaluatedAt!.Value.ShouldBeInRange(killed, killed.AddSeconds(5));
            status.Bots.Count.ShouldBe(25);
            status.Problem.ShouldBeNull();
            await next.StopAsync();
        });
    }

    // The first trade of a bot writes: order new, bot claims it, order on its way, order placed, bot done. Killed before and after each of them.
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void A_kill_at_any_write_around_an_order_sends_none_twice_and_forgets_none(int write, bool after)
    {
        var world = new FleetWorld(new FleetOptions { Pairs = ["BTC-USD", "ETH-USD", "SOL-USD"], BuyThreshold = 2, SellThreshold = 3, Cooldown = TimeSpan.FromHours(3) });
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = 0;
        world.Wrap = store => new KillingRecords(store, async (record, isDone) =>
        {
            var isTrade = record.Kind is "fleet.order" || (record.Kind is "fleet.bot" && JsonSerializer.Deserialize<JsonElement>(record.Content.Span).GetProperty("lastOrder").ValueKind == JsonValueKind.String);
            if (!isTrade || !record.Id.Contains("BTC-USD", StringComparison.Ordinal) || reached.Task.IsCompleted)
            {
                return;
            }

            if (writes == write && isDone == after)
            {
                reached.TrySetResult();
                await new TaskCompletionSource().Task;
            }

            writes += isDone ? 1 : 0;
        });
        world.Run(async () =>
        {
            var life = world.Begin();
            await reached.Task;
            await life.KillAsync();
            world.Wrap = static store => store;
            var next = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(30));
            await next.StopAsync();
        });

        reached.Task.IsCompleted.ShouldBeTrue();
        world.Twin.Counters.Violations.ShouldBe(0);
        // Every signal buys at once and cools down for hours: one order each, whatever happened in between.
        world.Twin.Orders.ShouldBe(3);
        // The exchange would forgive a second one of the same client id; it is not sent.
        world.Twin.Counters.Log().Count(arrival => arrival.Request.Method == "POST").ShouldBe(3);
        var bots = world.Host.Status().Bots;
        bots.ShouldAllBe(bot => bot.LastOrder!.Contains(" filled at "));
        bots.ShouldAllBe(bot => bot.Reason.StartsWith("cooldown"));
    }
}
