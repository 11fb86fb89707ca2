using Headgate.Upstreams;
using static Headgate.Tests.History.KiteWorld;

namespace Headgate.Tests.History;

public sealed class RangeFetchTests
{
    [Fact]
    public void A_year_of_days_then_a_week_of_it_then_a_range_with_a_hole()
    {
        var world = new KiteWorld(At("2026-06-13 11:00:00")); // a Saturday
        world.Run(async () =>
        {
            await world.AskExactly(Target("day", "2025-06-13 00:00:00", "2026-06-12 00:00:00"));
            world.TakeCalls().ShouldBe(["from=2025-06-13 00:00:00&to=2026-06-12 00:00:00"]);

            (await world.AskExactly(Target("day", "2026-03-02 00:00:00", "2026-03-08 00:00:00"))).Kind.ShouldBe(FetchKind.Hit);
            world.TakeCalls().ShouldBeEmpty();

            await world.AskExactly(Target("day", "2025-05-01 00:00:00", "2025-05-31 00:00:00"));
            world.TakeCalls();
            await world.AskExactly(Target("day", "2025-05-10 00:00:00", "2025-07-01 00:00:00"));
            world.TakeCalls().ShouldBe(["from=2025-06-01 00:00:00&to=2025-06-12 23:59:59"]);
        });
    }

    [Fact]
    public void Minutes_of_five_months_come_in_calls_of_sixty_days()
    {
        var world = new KiteWorld(At("2026-06-13 11:00:00"));
        world.Run(async () =>
        {
            var result = await world.Ask(Target("minute", "2026-01-01 00:00:00", "2026-05-31 23:59:59"));
            result.Kind.ShouldBe(FetchKind.Fetched);
            world.TakeCalls().ShouldBe(
            [
                "from=2026-01-01 00:00:00&to=2026-03-01 23:59:59",
                "from=2026-03-02 00:00:00&to=2026-04-30 23:59:59",
                "from=2026-05-01 00:00:00&to=2026-05-31 23:59:59",
            ]);
            (await world.AskExactly(Target("minute", "2026-02-20 00:00:00", "2026-03-20 23:59:59"))).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.ShouldBeEmpty();
        });
    }

    [Fact]
    public void The_first_runs_bars_are_not_frozen_for_the_day()
    {
        var world = new KiteWorld(At("2026-01-05 09:20:30"));
        world.Run(async () =>
        {
            var minutes = Target("minute", "2026-01-05 09:15:00", "2026-01-05 15:30:00");
            var days = Target("day", "2025-12-01 00:00:00", "2026-01-05 23:59:59");
            for (var run = 0; run < 30; run++)
            {
                await world.AskExactly(minutes);
                await world.AskExactly(days);
                await world.Time.Delay(TimeSpan.FromMinutes(15));
            }
        });
    }

    [Fact]
    public void Within_a_bar_nothing_is_asked_twice_and_after_it_only_what_is_new()
    {
        var world = new KiteWorld(At("2026-01-05 10:00:10"));
        world.Run(async () =>
        {
            var target = Target("15minute", "2026-01-01 09:15:00", "2026-01-05 15:30:00");
            await world.AskExactly(target);
            world.TakeCalls().Count.ShouldBe(1);
            await world.Time.Delay(TimeSpan.FromMinutes(10));
            (await world.Ask(target)).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.ShouldBeEmpty();
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            await world.AskExactly(target);
            world.TakeCalls().ShouldBe(["from=2026-01-05 10:00:00&to=2026-01-05 15:30:00"]);
        });
    }

    [Fact]
    public void A_max_age_is_kept_to_the_letter_for_the_open_part_and_asks_for_nothing_else()
    {
        var world = new KiteWorld(At("2026-01-05 10:00:10"));
        world.Run(async () =>
        {
            var target = Target("15minute", "2026-01-01 09:15:00", "2026-01-05 15:30:00");
            await world.Ask(target);
            world.TakeCalls();
            await world.Time.Delay(TimeSpan.FromSeconds(61));
            (await world.Ask(target, new Freshness { MaxAge = TimeSpan.FromSeconds(60) })).Age.ShouldBeLessThan(TimeSpan.FromSeconds(1));
            world.TakeCalls().ShouldBe(["from=2026-01-05 10:00:00&to=2026-01-05 15:30:00"]);
            (await world.Ask(Target("15minute", "2026-01-01 09:15:00", "2026-01-02 15:30:00"), new Freshness { MaxAge = TimeSpan.FromSeconds(1) })).Kind.ShouldBe(FetchKind.Hit);
            await world.Ask(Target("15minute", "2026-01-01 09:15:00", "2026-01-02 15:30:00"), new Freshness { MaxAge = TimeSpan.Zero });
            world.TakeCalls().ShouldBe(["from=2026-01-01 09:15:00&to=2026-01-02 15:30:00"]);
        });
    }

    [Fact]
    public void Simultaneous_asks_share_the_calls_for_the_same_gap()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            var target = Target("minute", "2025-09-01 00:00:00", "2025-12-31 23:59:59");
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Ask(target)));
            results.ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            results.Count(result => result.Collapsed).ShouldBe(19);
            world.Calls.Count.ShouldBe(3);
            results.Select(Text).Distinct().Count().ShouldBe(1);
        });
    }

    [Fact]
    public void Open_interest_and_continuous_contracts_are_series_of_their_own()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            foreach (var more in new[] { "", "&oi=1", "&continuous=1", "&continuous=1&oi=1" })
            {
                await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00", more: more));
            }

            world.TakeCalls().Count.ShouldBe(4);
            (await world.AskExactly(Target("day", "2025-12-05 00:00:00", "2025-12-31 00:00:00", more: "&oi=1&continuous=1"))).Kind.ShouldBe(FetchKind.Hit);
        });
    }

    [Fact]
    public void Another_credential_goes_upstream_first()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            var target = Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00");
            await world.Ask(target);
            (await world.Ask(target, credential: "token other:x")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Ask(target, credential: "token other:x")).Kind.ShouldBe(FetchKind.Hit);
            (await world.Ask(target, credential: "token other:wrong")).Kind.ShouldBe(FetchKind.Passed);
            world.Calls.Count.ShouldBe(3);
        });
    }

    [Fact]
    public void An_upstreams_refusal_passes_unchanged_and_is_kept_nowhere()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            var result = await world.Ask(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00", token: 1));
            result.Kind.ShouldBe(FetchKind.Passed);
            result.Reply!.Status.ShouldBe(400);
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            world.Disk.Rows.ShouldBe(0);
        });
    }

    [Theory]
    [InlineData("""{"status":"error","message":"x","data":null,"error_type":"GeneralException"}""")]
    [InlineData("""{"status":"success","data":{"candles":[["2025-12-01T00:00:00+0530",1,1,1,1,1],["gar""")]
    [InlineData("""{"status":"success","data":{"candles":[["2025-12-02T00:00:00+0530",1,1,1,1,1],["2025-12-01T00:00:00+0530",1,1,1,1,1]]}}""")]
    [InlineData("""{"status":"success","data":{"candles":[["garbage",1,1,1,1,1]]}}""")]
    [InlineData("""{"status":"success","data":{"candles":[["2024-12-01T00:00:00+0530",1,1,1,1,1]]}}""")]
    [InlineData("""{"status":"success","data":{}}""")]
    public void Soft_errors_and_malformed_rows_are_kept_nowhere(string body)
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Answer = _ => Headgate.Tests.Engine.EngineWorld.Json(body);
        world.Run(async () =>
        {
            var target = Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00");
            await world.Ask(target);
            await world.Time.Delay(TimeSpan.FromSeconds(40));
            world.Disk.Rows.ShouldBe(0);
            world.Answer = null;
            (await world.AskExactly(target)).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void When_the_upstream_fails_the_open_part_may_be_stale_and_says_so()
    {
        var world = new KiteWorld(At("2026-01-05 10:00:10"));
        world.Run(async () =>
        {
            var target = Target("15minute", "2026-01-01 09:15:00", "2026-01-05 15:30:00");
            var first = Text(await world.Ask(target));
            world.Answer = _ => Headgate.Tests.Engine.EngineWorld.Json("{}", 500);
            await world.Time.Delay(TimeSpan.FromMinutes(20));
            var stale = await world.Ask(target);
            stale.Kind.ShouldBe(FetchKind.Stale);
            stale.Reason.ShouldBe("upstream-error");
            Text(stale).ShouldBe(first);
            (await world.Ask(target, new Freshness { MaxAge = TimeSpan.FromMinutes(1) })).Kind.ShouldBe(FetchKind.Passed);
            await world.Time.Delay(TimeSpan.FromMinutes(60));
            (await world.Ask(target)).Kind.ShouldBe(FetchKind.Passed);
        });
    }

    [Fact]
    public void A_demand_that_forbids_storing_leaves_nothing_behind()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00"), new Freshness { NoStore = true });
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            world.Disk.Rows.ShouldBe(0);
        });
    }

    [Fact]
    public void Only_if_cached_answers_what_is_held_and_asks_for_nothing()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            await world.Ask(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00"));
            var cached = new Freshness { OnlyIfCached = true };
            (await world.AskExactly(Target("day", "2025-12-02 00:00:00", "2025-12-20 00:00:00"), cached)).Kind.ShouldBe(FetchKind.Hit);
            (await world.Ask(Target("day", "2025-11-02 00:00:00", "2025-12-20 00:00:00"), cached)).Refusal!.Status.ShouldBe(504);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Rows_survive_the_process_and_are_read_again_when_memory_has_no_room_for_them()
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00")) { Options = new EngineOptions { HistoryBytesMax = 1 } };
        world.Run(async () =>
        {
            await world.Ask(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00"));
            await world.Ask(Target("60minute", "2025-12-01 00:00:00", "2025-12-31 00:00:00"));
            await world.Time.Delay(TimeSpan.FromSeconds(1));
            await world.RestartAsync(0);
            world.TakeCalls();
            (await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00"))).Kind.ShouldBe(FetchKind.Hit);
            (await world.AskExactly(Target("60minute", "2025-12-09 00:00:00", "2025-12-31 00:00:00"))).Kind.ShouldBe(FetchKind.Hit);
            (await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2025-12-30 00:00:00"))).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.ShouldBeEmpty();
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_crash_between_rows_and_coverage_never_claims_what_is_not_stored(int afterSteps)
    {
        var world = new KiteWorld(At("2026-01-10 10:00:00"));
        world.Run(async () =>
        {
            await world.Ask(Target("day", "2025-12-01 00:00:00", "2025-12-10 00:00:00"));
            await world.Ask(Target("day", "2025-12-10 00:00:00", "2025-12-31 00:00:00"));
            await world.RestartAsync(afterSteps);
            await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2025-12-31 00:00:00"));
        });
    }

    [Fact]
    public void Known_holidays_and_weekends_are_not_asked_for_again()
    {
        var world = new KiteWorld(At("2026-01-12 10:00:00"));
        world.Run(async () =>
        {
            await world.AskExactly(Target("minute", "2026-01-09 15:00:00", "2026-01-12 09:20:00"));
            world.TakeCalls();
            (await world.AskExactly(Target("minute", "2026-01-10 00:00:00", "2026-01-11 23:59:59"))).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.ShouldBeEmpty();
        });
    }

    [Fact]
    public void A_range_in_the_future_is_answered_by_the_upstream_itself()
    {
        var world = new KiteWorld(At("2026-01-05 10:00:00"));
        world.Run(async () =>
        {
            await world.AskExactly(Target("day", "2026-02-01 00:00:00", "2026-02-28 00:00:00"));
            await world.AskExactly(Target("day", "2025-12-01 00:00:00", "2026-12-31 00:00:00"));
            world.TakeCalls()[1].ShouldBe("from=2025-12-01 00:00:00&to=2026-01-05 23:59:59");
        });
    }
}
