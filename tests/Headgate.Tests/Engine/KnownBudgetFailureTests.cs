using Headgate.Simulation;
using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

/// <summary>Every way in which budgets of the systems replaced, and of the field, are known to have failed, each by its name, through the whole engine.</summary>
public sealed class KnownBudgetFailureTests
{
    private static readonly NetworkFate Fast = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));

    [Fact]
    public void Never_resets_a_budget_opens_on_each_of_three_days_without_any_call_to_wake_it()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            for (var day = 1; day <= 3; day++)
            {
                (await SpendDay(world)).ShouldBe(25);
                await NextDay(world);
            }

            world.Calls.Count.ShouldBe(75);
        });
    }

    [Fact]
    public void Resets_twice_a_stepped_wall_clock_and_a_restart_give_no_second_allowance()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await NextDay(world);
            (await SpendDay(world)).ShouldBe(25);
            // The machine's clock falls back over midnight and passes it again.
            world.Time.Step(-TimeSpan.FromHours(2));
            (await SpendDay(world)).ShouldBe(0);
            world.Time.Step(TimeSpan.FromHours(2));
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            (await SpendDay(world)).ShouldBe(0);
        });
    }

    [Fact]
    public void Starts_a_window_exhausted_refusals_of_yesterday_cost_nothing_today()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await SpendDay(world);
            for (var i = 0; i < 200; i++)
            {
                (await world.Fetch($"/scarce/refused-{i}")).Kind.ShouldBe(FetchKind.Refused);
            }

            await NextDay(world);
            world.Engine.Budgets().Single(budget => budget.Limit == "test.daily").Remaining.ShouldBe(25);
            (await SpendDay(world)).ShouldBe(25);
        });
    }

    [Fact]
    public void A_refused_retry_extends_no_block()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 429, ("Retry-After", "20")) };
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            var until = world.Engine.Budgets().Single(budget => budget.Limit == "test.history").ClosedUntil!.Value;
            world.Upstream = world.Echo;
            while (world.Engine.Clock.Now < until)
            {
                (await world.Fetch("/bars/1", deadline: TimeSpan.FromMilliseconds(500))).Refusal!.RetryAt.ShouldBe(until);
                await world.Time.Delay(TimeSpan.FromSeconds(1));
            }

            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void Check_then_add_overspend_a_hundred_callers_at_one_instant_get_three_calls_a_second()
    {
        var world = new EngineWorld();
        List<DateTimeOffset> arrivals = [];
        world.Upstream = (call, at) =>
        {
            arrivals.Add(at);
            return world.Echo(call, at);
        };
        world.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => world.Fetch($"/bars/{i}", client: $"bot-{i}")));
            arrivals.Max(from => arrivals.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1))).ShouldBe(3);
        });
    }

    [Theory]
    [InlineData(NetworkFault.Refused)]
    [InlineData(NetworkFault.ResetBeforeArrival)]
    [InlineData(NetworkFault.ResetAfterArrival)]
    [InlineData(NetworkFault.Hang)]
    [InlineData(NetworkFault.Truncated)]
    public void Leaked_reservation_whatever_becomes_of_calls_every_permit_comes_back(NetworkFault fault)
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Transport.Fate = _ => Fast with { Fault = fault };
            for (var i = 0; i < 10; i++)
            {
                await world.Fetch($"/bars/{i}", deadline: TimeSpan.FromSeconds(1));
                await world.Time.Delay(TimeSpan.FromSeconds(10));
            }

            world.Transport.Fate = _ => Fast;
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            world.Engine.Budgets().Single(budget => budget.Limit == "test.history").Remaining.ShouldBe(3);
            // An open breaker lets one probe go and keeps nobody waiting for it; then everybody may.
            (await world.Fetch("/bars/probe")).Kind.ShouldBe(FetchKind.Fetched);
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            (await Task.WhenAll(Enumerable.Range(0, 3).Select(i => world.Fetch($"/bars/after-{i}")))).ShouldAllBe(result => result.Kind == FetchKind.Fetched);
        });
    }

    [Fact]
    public void Leaked_reservation_a_call_that_fails_inside_the_gate_is_told_and_its_permit_comes_back()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Transport.Fate = _ => throw new InvalidOperationException("a bug");
            (await world.Fetch("/bars/1", deadline: TimeSpan.FromSeconds(1))).Refusal!.Status.ShouldBe(502);
            world.Transport.Fate = _ => Fast;
            await world.Time.Delay(TimeSpan.FromMinutes(1));
            world.Engine.Budgets().Single(budget => budget.Limit == "test.history").Remaining.ShouldBe(3);
        });
    }

    [Fact]
    public void Leaked_reservation_callers_that_leave_and_charges_that_fail_hold_nothing()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            using var leave = new CancellationTokenSource(TimeSpan.FromMilliseconds(1), world.Time);
            var asks = Enumerable.Range(0, 20).Select(i => world.Engine.FetchAsync(world.Demand($"/scarce/{i}"), leave.Token).AsTask()).ToList();
            try
            {
                await Task.WhenAll(asks);
            }
            catch (OperationCanceledException)
            {
                asks.Count(ask => ask.IsCanceled).ShouldBe(20);
            }

            world.Ledger.IsHealthy = false;
            for (var i = 0; i < 5; i++)
            {
                (await world.Fetch($"/scarce/unwritten-{i}")).Refusal!.Status.ShouldBe(503);
            }

            world.Ledger.IsHealthy = true;
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            var held = world.Engine.Budgets().Single(budget => budget.Limit == "test.daily").Used;
            held.ShouldBe(world.Calls.Count);
            (await SpendDay(world)).ShouldBe(25 - (int)held);
        });
    }

    [Fact]
    public void Two_truths_budget_header_statistics_ledger_and_the_upstream_s_door_count_the_same()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            FetchResult last = default;
            for (var i = 0; i < 12; i++)
            {
                world.Upstream = i % 3 == 2 ? (_, _) => Json("{\"message\":\"no\"}", 400) : world.Echo;
                last = await world.Fetch($"/scarce/{i}");
            }

            world.Calls.Count.ShouldBe(12);
            var budget = world.Engine.Budgets().Single(budget => budget.Limit == "test.daily");
            budget.Used.ShouldBe(12);
            last.Limit!.Remaining.ShouldBe(13);
            world.Engine.Ask("test.daily")!.Remaining.ShouldBe(13);
            world.Engine.Stats().Single(stats => stats.Endpoint == "test.scarce").Calls.ShouldBe(12);
            world.Ledger.Disk.Used(budget.Key, budget.Calendar!).ShouldBe(12);
        });
    }

    [Fact]
    public void Permanent_lock_out_one_429_ends_by_the_clock_alone_and_over_a_restart()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 429) };
        world.Run(async () =>
        {
            await world.Fetch("/bars/1", deadline: TimeSpan.FromMilliseconds(200)); // too short for a second try
            world.Upstream = world.Echo;
            var until = world.Engine.Budgets().Single(budget => budget.Limit == "test.history").ClosedUntil!.Value;
            (until - world.Engine.Clock.Now).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2)); // min(60, 2^1) × at most 1
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            await world.Time.Delay(until - world.Engine.Clock.Now);
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void Permanent_lock_out_five_failures_pause_the_endpoint_and_one_success_ends_it()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 500) };
        world.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await world.Fetch($"/bars/{i}");
            }

            var refused = (await world.Fetch("/bars/9")).Refusal!;
            refused.Kind.ShouldBe(RefusalKind.BreakerOpen);
            world.Upstream = world.Echo;
            await world.Time.Delay(TimeSpan.FromSeconds(31));
            (await world.Fetch("/bars/9")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Fetch("/bars/10")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void Permanent_lock_out_exhaustion_ends_at_the_reset_though_nothing_may_be_asked_before()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await SpendDay(world);
            var refused = (await world.Fetch("/scarce/more")).Refusal!;
            await world.Time.Delay(refused.RetryAt!.Value - world.Engine.Clock.Now);
            (await world.Fetch("/scarce/more")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    /// <summary>Asks until the day's budget refuses.</summary>
    private static async Task<int> SpendDay(EngineWorld world)
    {
        var fetched = 0;
        while ((await world.Fetch($"/scarce/{world.Time.Elapsed}-{fetched}")).Kind == FetchKind.Fetched)
        {
            fetched++;
        }

        return fetched;
    }

    /// <summary>To 00:01 UTC of the next day; nothing is asked meanwhile.</summary>
    private static Task NextDay(EngineWorld world) =>
        world.Time.Delay(new DateTimeOffset(world.Time.TrueNow.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) + TimeSpan.FromMinutes(1) - world.Time.TrueNow);
}
