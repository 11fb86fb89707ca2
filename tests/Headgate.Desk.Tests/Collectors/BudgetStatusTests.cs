using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Doors;
using Headgate.Desk.Tests.Support;
using Headgate.Reports;
using Headgate.Simulation;
using Headgate.Upstreams.Faults;

namespace Headgate.Desk.Tests.Collectors;

/// <summary>Acceptance of the budgets as the replaced system's specification asks for it, on the real definitions and strict twins.</summary>
public sealed class BudgetStatusTests
{
    private static readonly DeskAsk Quotes = new("questrade", "/v1/markets/quotes?ids=8049") { MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(800) };

    [Fact]
    public void The_26th_alpha_vantage_request_of_the_day_is_refused_with_the_reset_time_across_a_restart_and_accepted_after_it() => World(async (world, life) =>
    {
        for (var i = 0; i < 25; i++)
        {
            (await Overview(world, $"A{i}")).IsData.ShouldBeTrue();
        }

        var refused = await Overview(world, "A25");
        refused.Refusal!.Limit.ShouldBe("alphavantage.day");
        // Midnight in New York and the guard.
        var reset = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.FromHours(-5));
        refused.RetryAt!.Value.ShouldBeInRange(reset, reset.AddMinutes(1));
        Status(world, "alphavantage").ShouldSatisfyAllConditions(
            api => api.Status.State.ShouldBe(ApiState.BudgetExhausted), api => api.DailyRemaining.ShouldBe(0), api => api.DailyUsed.ShouldBe(25), api => api.ResetAt!.Value.ShouldBeInRange(reset, reset.AddMinutes(1)));
        await life.KillAsync();
        life = await world.BeginAsync();
        refused = await Overview(world, "A25");
        refused.Refusal!.Limit.ShouldBe("alphavantage.day");
        await world.Time.Delay(refused.RetryAt!.Value - world.Time.TrueNow + TimeSpan.FromMilliseconds(1));
        // The clock alone: nothing was asked in between.
        Status(world, "alphavantage", asked: false)?.Status.State.ShouldBe(ApiState.Healthy);
        (await Overview(world, "A25")).IsData.ShouldBeTrue();
        world.AlphaVantage.Counters.Violations.ShouldBe(0);
        await life.StopAsync();
    });

    [Fact]
    public void One_429_on_questrade_is_refused_during_the_back_off_and_admitted_after_it_with_no_other_action() => World(async (world, life) =>
    {
        (await world.Door.AskAsync(Quotes, default)).IsData.ShouldBeTrue();
        world.Questrade.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
        var limited = await world.Door.AskAsync(Quotes with { Deadline = TimeSpan.FromMilliseconds(60) }, default);
        limited.IsData.ShouldBeFalse();
        Status(world, "questrade").ShouldSatisfyAllConditions(
            api => api.Status.State.ShouldBe(ApiState.RateLimited), api => api.Backoff.ShouldBeInRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1.5)), api => api.Counts.Calls.Limited.ShouldBe(1));
        var arrivals = world.Questrade.Counters.Arrivals;
        var during = await world.Door.AskAsync(Quotes with { Deadline = TimeSpan.FromMilliseconds(10) }, default);
        during.Refusal.ShouldNotBeNull();
        world.Questrade.Counters.Arrivals.ShouldBe(arrivals);
        await world.Time.Delay(TimeSpan.FromSeconds(1.5));
        Status(world, "questrade").Status.State.ShouldBe(ApiState.Healthy);
        (await world.Door.AskAsync(Quotes, default)).IsData.ShouldBeTrue();
        await life.StopAsync();
    });

    [Fact]
    public void Five_failures_open_the_breaker_it_is_half_open_after_the_cool_down_and_one_success_closes_it() => World(async (world, life) =>
    {
        await world.Door.AskAsync(Quotes, default);
        world.Questrade.Faults.Add(new FaultRule(TwinFault.Error(500)) { PathPrefix = "/v1/markets" });
        for (var i = 0; i < 6; i++)
        {
            await world.Door.AskAsync(Quotes, default);
        }

        Status(world, "questrade").ShouldSatisfyAllConditions(api => api.Status.State.ShouldBe(ApiState.Error), api => api.Counts.Calls.FailuresInRow.ShouldBeGreaterThanOrEqualTo(5));
        (await world.Door.AskAsync(Quotes with { Deadline = TimeSpan.FromMilliseconds(100) }, default)).Refusal!.Kind.ShouldBe(RefusalKind.BreakerOpen);
        world.Questrade.Faults.Clear();
        await world.Time.Delay(TimeSpan.FromSeconds(31));
        // Half open by the clock alone: one call may try.
        Status(world, "questrade").Status.State.ShouldBe(ApiState.Healthy);
        (await world.Door.AskAsync(Quotes, default)).IsData.ShouldBeTrue();
        Status(world, "questrade").Counts.Calls.FailuresInRow.ShouldBe(0);
        world.Engine.Conditions().ShouldAllBe(condition => !condition.IsOpen);
        await life.StopAsync();
    });

    [Fact]
    public void A_hundred_concurrent_requests_for_one_key_are_one_upstream_call_and_one_charge() => World(async (world, life) =>
    {
        var asks = Enumerable.Range(0, 100).Select(_ => Overview(world, "RY").AsTask()).ToList();
        foreach (var ask in asks)
        {
            (await ask).IsData.ShouldBeTrue();
        }

        world.AlphaVantage.Counters.Arrivals.ShouldBe(1);
        Status(world, "alphavantage").DailyUsed.ShouldBe(1);
        await life.StopAsync();
    });

    [Fact]
    public void Eight_requests_at_four_a_second_take_a_second_and_none_is_lost()
    {
        var yaml = Path.Combine(Directory.CreateTempSubdirectory("headgate-test-").FullName, "own.yaml");
        File.WriteAllText(yaml, "provider: finnhub\nlimits:\n  second: { permits: 4, per: 1s, scope: limitKey }\n");
        var world = new CollectorWorld(catalogue: new Catalogue.CatalogueSource([yaml]).Load()) { Collects = false };
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            var from = world.Time.TrueNow;
            var asks = Enumerable.Range(0, 8).Select(i => world.Door.AskAsync(new DeskAsk("finnhub", $"/quote?symbol=S{i}"), default).AsTask()).ToList();
            foreach (var ask in asks)
            {
                (await ask).IsData.ShouldBeTrue();
            }

            (world.Time.TrueNow - from).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
            world.Finnhub.Counters.Arrivals.ShouldBe(8);
            world.Violations.ShouldBe(0);
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_throttling_body_with_status_200_counts_as_a_limit_and_is_not_kept() => World(async (world, life) =>
    {
        world.AlphaVantage.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
        var limited = await world.Door.AskAsync(new DeskAsk("alphavantage", "/query?function=OVERVIEW&symbol=RY") { Deadline = TimeSpan.FromMilliseconds(500) }, default);
        limited.IsData.ShouldBeFalse();
        Status(world, "alphavantage").Counts.Calls.ShouldSatisfyAllConditions(calls => calls.Limited.ShouldBe(1), calls => calls.Succeeded.ShouldBe(0));
        await world.Time.Delay(TimeSpan.FromSeconds(5));
        var good = await Overview(world, "RY");
        good.IsHit.ShouldBeFalse();
        System.Text.Encoding.UTF8.GetString(good.Body.Span).ShouldContain("PERatio");
        await life.StopAsync();
    });

    [Fact]
    public void A_window_that_is_still_full_when_its_closure_ends_is_spent_until_it_is_free()
    {
        var (now, closed, free) = (At(0), At(1), At(180));
        var budget = new BudgetStatus("yahoo", "yahoo.hour", "", 100, TimeSpan.FromHours(4), null, 100, 0, free, closed, "429", 0);
        ApiStatus.Of([budget], [], now).ShouldBe(new ApiStatus(ApiState.BudgetExhausted, free, "yahoo.hour") { Held = 1, Scopes = 1 });
        ApiStatus.Of([budget with { Used = 7, AvailableAt = closed }], [], now).ShouldBe(new ApiStatus(ApiState.RateLimited, closed, "yahoo.hour") { Held = 1, Scopes = 1 });

        static EngineTime At(int minutes) => new(TimeSpan.FromMinutes(minutes).Ticks);
    }

    [Fact]
    public void One_spent_key_of_several_is_told_as_one_of_those_used_while_the_others_are_answered()
    {
        var world = new CollectorWorld(profiles: new Dictionary<string, string>(StringComparer.Ordinal) { ["alphavantage"] = "four-keys" }) { Collects = false };
        world.Secrets["ALPHA_VANTAGE_FUNDAMENTALS_KEY"] = "fundamentals";
        world.Secrets["ALPHA_VANTAGE_SENTIMENT_KEY"] = "sentiment";
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            for (var i = 0; i < 25; i++)
            {
                (await Overview(world, $"A{i}")).IsData.ShouldBeTrue();
            }

            (await Overview(world, "A25")).Refusal!.Limit.ShouldBe("alphavantage.day");
            (await world.Door.AskAsync(new DeskAsk("alphavantage", "/query?function=NEWS_SENTIMENT&tickers=RY"), default)).IsData.ShouldBeTrue();
            var status = Status(world, "alphavantage").Status;
            (status.State, status.Limit, status.Held, status.Scopes).ShouldBe((ApiState.BudgetExhausted, "alphavantage.day", 1, 2));
            await life.StopAsync();
        });
    }

    [Fact]
    public void A_closure_spends_nothing_of_what_is_left_of_the_day() => World(async (world, life) =>
    {
        await world.Door.AskAsync(Articles("RY"), default);
        world.NewsApi.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
        await world.Door.AskAsync(Articles("TD"), default);
        // Its limit answer rests the day's budget for an hour, and the gate counts two of a hundred.
        Status(world, "newsapi").ShouldSatisfyAllConditions(api => api.Status.State.ShouldBe(ApiState.RateLimited), api => api.DailyUsed.ShouldBe(2), api => api.DailyRemaining.ShouldBe(98));
        await life.StopAsync();

        static DeskAsk Articles(string of) => new("newsapi", $"/v2/everything?q={of}&sortBy=publishedAt&pageSize=20") { Deadline = TimeSpan.FromSeconds(2) };
    });

    private static void World(Func<CollectorWorld, EngineLife, Task> test)
    {
        var world = new CollectorWorld { Collects = false };
        world.Run(async () => await test(world, await world.BeginAsync()));
    }

    private static ValueTask<DeskAnswer> Overview(CollectorWorld world, string symbol) =>
        world.Door.AskAsync(new DeskAsk("alphavantage", $"/query?function=OVERVIEW&symbol={symbol}") { Urgency = 0 }, default);

    private static ApiHealth Status(CollectorWorld world, string api) => Status(world, api, asked: true)!;

    private static ApiHealth? Status(CollectorWorld world, string api, bool asked)
    {
        var found = world.Health.Report().Apis.SingleOrDefault(known => known.Counts.Api == api);
        return asked ? found.ShouldNotBeNull() : found;
    }
}
