using Headgate.Simulation;
using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

public sealed class DispatchTests
{
    [Fact]
    public void A_hundred_distinct_requests_with_a_long_deadline_are_all_answered_in_limit_order()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => world.Fetch($"/bars/{i}", deadline: TimeSpan.FromSeconds(60))));
            all.ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            world.Calls.Select(call => call.Target).ShouldBe(Enumerable.Range(0, 100).Select(i => $"/bars/{i}"));
        });
    }

    [Fact]
    public void Without_a_long_deadline_each_is_answered_or_refused_in_time_and_obeying_Retry_After_gets_all_through()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var start = world.Engine.Clock.Now;
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            {
                while (true)
                {
                    var asked = world.Engine.Clock.Now;
                    var result = await world.Fetch($"/bars/{i}");
                    (world.Engine.Clock.Now - asked).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(6.5));
                    if (result.Kind == FetchKind.Fetched)
                    {
                        return;
                    }

                    result.Refusal!.Status.ShouldBe(429);
                    var wait = result.Refusal.RetryAt!.Value - world.Engine.Clock.Now;
                    await world.Time.Delay(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
                }
            }));
            (world.Engine.Clock.Now - start).ShouldBeLessThan(TimeSpan.FromSeconds(50));
        });
    }

    [Fact]
    public void A_burst_upon_a_cold_gate_whose_first_calls_are_slow_is_over_well_before_the_deadline()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(world.Calls.Count < 3 ? 600 : 5), Simulation.NetworkFault.None);
        world.Run(async () =>
        {
            var start = world.Engine.Clock.Now;
            await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            {
                var result = await world.Fetch($"/bars/{i}");
                (result.Kind == FetchKind.Fetched || result.Refusal is { Status: 429, RetryAt: not null }).ShouldBeTrue();
                // What the gate needs before it hears of a request and after it has its answer comes on top: 0.2 to 0.4 s were seen.
                (world.Engine.Clock.Now - start).ShouldBeLessThan(TimeSpan.FromSeconds(6.1));
            }));
            world.Calls.Count.ShouldBeGreaterThanOrEqualTo(15);
        });
    }

    [Fact]
    public void What_a_permit_would_reach_too_late_is_refused_well_before_its_deadline()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(3), Simulation.NetworkFault.None);
        world.Run(async () =>
        {
            var start = world.Engine.Clock.Now;
            var slow = world.Fetch("/quote?i=A");
            await world.Time.Delay(TimeSpan.FromMilliseconds(100));
            (await world.Fetch("/quote?i=B", deadline: TimeSpan.FromSeconds(3.8))).Refusal!.Status.ShouldBe(429);
            // One answer of 3 s makes the smoothed round trip some 0.42 s, and a sixteenth of the wait is 0.2 s.
            (world.Engine.Clock.Now - start).ShouldBeInRange(TimeSpan.FromSeconds(3.2), TimeSpan.FromSeconds(3.4));
            (await slow).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_write_passes_exactly_once_whatever_the_upstream_does()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), Simulation.NetworkFault.ResetAfterArrival);
        world.Run(async () =>
        {
            var result = await world.Forward("POST", "/orders/regular");
            result.Refusal!.Kind.ShouldBe(RefusalKind.OutcomeUnknown);
            result.Refusal.Status.ShouldBe(502);
            world.Calls.Count.ShouldBe(1);
            world.Ledger.Disk.Charges.ShouldBe(1);
        });
    }

    [Fact]
    public void A_write_that_the_upstream_answers_with_500_gets_that_answer()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{\"message\":\"boom\"}", 500) };
        world.Run(async () =>
        {
            var result = await world.Forward("DELETE", "/orders/regular/1");
            result.Reply!.Status.ShouldBe(500);
            (await BodyOf(result)).ShouldBe("{\"message\":\"boom\"}");
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_429_closes_the_limit_until_RetryAfter_and_not_for_ever()
    {
        var world = new EngineWorld();
        world.Upstream = (_, _) => Json("{}", 429, ("Retry-After", "20"));
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            world.Upstream = world.Echo;
            var refused = await world.Fetch("/bars/2");
            refused.Refusal!.Status.ShouldBe(429);
            await world.Time.Delay(refused.Refusal.RetryAt!.Value - world.Engine.Clock.Now);
            (await world.Fetch("/bars/2")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void Retry_After_counts_the_queues_of_every_endpoint_that_spends_from_the_limit()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            // Three a second: thirty that wait at one endpoint are ten seconds for whoever asks at another.
            var queue = Enumerable.Range(0, 33).Select(i => world.Fetch($"/bars/{i}", deadline: TimeSpan.FromSeconds(60))).ToList();
            await world.Time.Delay(TimeSpan.FromMilliseconds(100));
            var refused = await world.Fetch("/positions", deadline: TimeSpan.FromSeconds(5));
            refused.Refusal!.Status.ShouldBe(429);
            (refused.Refusal.RetryAt!.Value - world.Engine.Clock.Now).ShouldBeInRange(TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
            (await Task.WhenAll(queue)).ShouldAllBe(result => result.Kind == FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_write_that_could_not_be_sent_says_that_nothing_was_sent()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Transport.Fate = _ => new NetworkFate(TimeSpan.Zero, TimeSpan.Zero, NetworkFault.Refused);
            var refusal = (await world.Forward("POST", "/orders/1")).Refusal!;
            (refusal.Kind, refusal.Status).ShouldBe((RefusalKind.UpstreamUnusable, 502));
            refusal.Detail.ShouldContain("nothing was sent");
            world.Calls.ShouldBeEmpty();
        });
    }

    [Theory]
    [InlineData("GET", "/bars/1")]
    [InlineData("POST", "/orders/1")]
    public void A_429_whose_body_breaks_off_closes_the_limit_all_the_same(string method, string target)
    {
        var world = new EngineWorld();
        world.Upstream = (_, _) => Json("""{"message":"too many requests"}""", 429, ("Retry-After", "20"));
        world.Run(async () =>
        {
            var answered = world.Transport.Fate;
            world.Transport.Fate = call => answered(call) with { Fault = NetworkFault.Truncated };
            var asked = world.Engine.Clock.Now;
            var first = method is "GET" ? await world.Fetch(target) : await world.Forward(method, target);
            first.Refusal!.Status.ShouldBe(method is "GET" ? 429 : 502, "a read is told of the limit; of a write nobody knows what became");
            (world.Engine.Clock.Now - asked).ShouldBeLessThan(TimeSpan.FromSeconds(1), "what cannot be had in time is answered at once");
            world.Transport.Fate = answered;
            world.Upstream = world.Echo;
            var refused = await world.Fetch("/bars/2", deadline: TimeSpan.FromSeconds(5));
            refused.Refusal!.Status.ShouldBe(429);
            (refused.Refusal.RetryAt!.Value - world.Engine.Clock.Now).ShouldBeInRange(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(20));
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_refused_retry_does_not_extend_the_block()
    {
        var world = new EngineWorld();
        world.Upstream = (_, _) => Json("{}", 429, ("Retry-After", "20"));
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            var first = (await world.Fetch("/bars/2")).Refusal!.RetryAt;
            for (var i = 0; i < 10; i++)
            {
                await world.Time.Delay(TimeSpan.FromSeconds(1));
                (await world.Fetch("/bars/2")).Refusal!.RetryAt.ShouldBe(first);
            }

            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Five_failures_open_the_breaker_and_the_upstreams_return_closes_it_within_a_minute()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 500) };
        world.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await world.Fetch("/bars/1");
            }

            var calls = world.Calls.Count;
            var open = await world.Fetch("/bars/1", deadline: TimeSpan.FromMilliseconds(900));
            open.Refusal!.Kind.ShouldBe(RefusalKind.BreakerOpen);
            open.Refusal.Status.ShouldBe(503);
            world.Calls.Count.ShouldBe(calls);
            world.Upstream = world.Echo;
            await world.Time.Delay(TimeSpan.FromSeconds(60));
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_retry_that_never_gets_its_turn_ends_in_the_failure_it_had_not_in_a_limit()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), Simulation.NetworkFault.ResetAfterArrival);
        world.Run(async () =>
        {
            var result = await world.Fetch("/quote?i=A", deadline: TimeSpan.FromSeconds(3), freshness: new Freshness { MaxAge = TimeSpan.Zero });
            result.Refusal!.Status.ShouldBe(502);
        });
    }

    [Fact]
    public void A_spent_day_refuses_until_the_real_reset_and_opens_by_itself()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                (await world.Fetch($"/scarce/{i}")).Kind.ShouldBe(FetchKind.Fetched);
            }

            var refused = await world.Fetch("/scarce/99");
            refused.Refusal!.RetryAt!.Value.ToUtc().Date.ShouldBe(new DateTime(2026, 11, 21));
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            (await world.Fetch("/scarce/99")).Refusal!.Status.ShouldBe(429);
            world.Calls.Count.ShouldBe(25);
            await world.Time.Delay(refused.Refusal.RetryAt.Value - world.Engine.Clock.Now);
            (await world.Fetch("/scarce/99")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_flood_of_one_client_delays_anothers_urgent_ask_by_at_most_one_call()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var flood = Enumerable.Range(0, 60).Select(i => world.Fetch($"/bars/{i}", client: "flooder", deadline: TimeSpan.FromSeconds(60))).ToList();
            await world.Time.Delay(TimeSpan.FromSeconds(2));
            var before = world.Calls.Count;
            await world.Fetch("/bars/urgent", client: "trader", urgency: 0);
            world.Calls.FindIndex(call => call.Target == "/bars/urgent").ShouldBeLessThanOrEqualTo(before + 1);
            (await Task.WhenAll(flood)).ShouldAllBe(result => result.Kind == FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_client_that_floods_a_thousand_asks_a_second_delays_anothers_urgent_ask_by_one_call_in_flight_at_most_and_still_progresses()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            List<Task<FetchResult>> flood = [];
            async Task Flood()
            {
                for (var i = 0; i < 3_000; i++)
                {
                    flood.Add(world.Fetch($"/bars/f{i}", client: "flooder", deadline: TimeSpan.FromSeconds(8)));
                    await world.Time.Delay(TimeSpan.FromMilliseconds(1));
                }
            }

            var flooding = Flood();
            for (var i = 0; i < 5; i++)
            {
                await world.Time.Delay(TimeSpan.FromMilliseconds(500));
                var before = world.Calls.Count;
                (await world.Fetch($"/bars/urgent{i}", client: "trader", urgency: 0, deadline: TimeSpan.FromSeconds(2))).Kind.ShouldBe(FetchKind.Fetched);
                world.Calls.FindIndex(call => call.Target == $"/bars/urgent{i}").ShouldBeLessThanOrEqualTo(before + 1);
            }

            await flooding;
            var ended = new List<FetchResult>();
            foreach (var ask in flood)
            {
                ended.Add(await ask);
            }

            // Three calls a second for eleven seconds, less the urgent five; nobody hangs.
            ended.Count(result => result.Kind == FetchKind.Fetched).ShouldBeInRange(20, 33);
            ended.ShouldAllBe(result => result.Kind == FetchKind.Fetched || result.Kind == FetchKind.Refused);
        });
    }

    [Fact]
    public void A_quiet_client_takes_every_other_turn_beside_a_flooder_of_the_same_urgency()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var flood = Enumerable.Range(0, 60).Select(i => world.Fetch($"/bars/f{i}", client: "flooder", deadline: TimeSpan.FromSeconds(60))).ToList();
            var quiet = Enumerable.Range(0, 3).Select(i => world.Fetch($"/bars/q{i}", client: "quiet", deadline: TimeSpan.FromSeconds(60))).ToList();
            await Task.WhenAll(quiet);
            world.Calls.FindIndex(call => call.Target == "/bars/q2").ShouldBeLessThan(12);
            await Task.WhenAll(flood);
        });
    }

    [Fact]
    public void An_unwritable_ledger_sends_nothing_and_serves_what_is_held()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            world.Ledger.IsHealthy = false;
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Hit);
            (await world.Fetch("/bars/2")).Refusal!.Status.ShouldBe(503);
            await world.Time.Delay(TimeSpan.FromSeconds(90));
            var stale = await world.Fetch("/bars/1");
            stale.Kind.ShouldBe(FetchKind.Stale);
            stale.Reason.ShouldBe("ledger");
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_credential_that_is_refused_on_writes_alone_is_closed_as_well()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Upstream = (_, _) => Json("{}", 403);
            for (var i = 0; i < 3; i++)
            {
                (await world.Forward("POST", "/orders/1")).Kind.ShouldBe(FetchKind.Passed);
            }

            world.Upstream = world.Echo;
            (await world.Fetch("/bars/1")).Refusal!.Kind.ShouldBe(RefusalKind.CredentialClosed);
            (await world.Fetch("/bars/1", "bob")).Kind.ShouldBe(FetchKind.Fetched);
            world.Calls.Count.ShouldBe(4);
        });
    }

    [Fact]
    public void A_charge_that_took_longer_than_the_call_may_last_is_not_sent_any_more_and_gives_its_permits_back()
    {
        // The hold counts from the charge: a request sent after its time-out could arrive when its permit is somebody else's already.
        var world = new EngineWorld(yaml: Yaml.Replace("deadline: 6.5s", "deadline: 6.5s\ntimeout: 1s", StringComparison.Ordinal));
        world.Run(async () =>
        {
            world.Ledger.CommitLatencyMax = TimeSpan.FromMinutes(1);
            var refusal = (await world.Fetch("/bars/1", deadline: TimeSpan.FromMinutes(5))).Refusal!;
            (refusal.Kind, refusal.Status).ShouldBe((RefusalKind.LedgerUnwritable, 503));
            world.Calls.ShouldBeEmpty();
            world.Ledger.CommitLatencyMax = TimeSpan.Zero;
            await world.Time.Delay(TimeSpan.FromSeconds(3));
            world.Engine.Budgets().Single(budget => budget.Limit == "test.history").Remaining.ShouldBe(3);
        });
    }

    [Fact]
    public void Offline_serves_what_is_held_and_sends_nothing()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Engine.DisposeAsync();
            world.Options = new EngineOptions { Offline = true };
            await world.StartAsync();
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Hit);
            (await world.Fetch("/bars/2")).Refusal!.Kind.ShouldBe(RefusalKind.Offline);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Told_whom_to_call_it_calls_nobody_else_and_says_so()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            foreach (var (only, offline, expected) in ((string, bool, string?)[])[("test", false, null), ("other", false, "calls other alone"), ("test", true, "is offline")])
            {
                await world.Engine.DisposeAsync();
                world.Options = new EngineOptions { CallOnly = new HashSet<string> { only }, Offline = offline };
                await world.StartAsync();
                var refusal = (await world.Fetch($"/bars/{only}-{offline}")).Refusal;
                (refusal is null).ShouldBe(expected is null);
                refusal?.Kind.ShouldBe(RefusalKind.Offline);
                refusal?.Detail.ShouldContain(expected!);
            }

            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Bypass_neither_caches_nor_merges_and_shadow_tells_what_would_have_been()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Engine.Modes.Set(Dispatch.ModeScope.Gate, Headgate.Catalogue.GateMode.Bypass);
            await world.Fetch("/bars/1");
            await world.Fetch("/bars/1");
            world.Calls.Count.ShouldBe(2);
            world.Engine.Modes.Set(Dispatch.ModeScope.Gate, Headgate.Catalogue.GateMode.Shadow);
            await world.Fetch("/bars/1");
            await world.Fetch("/bars/1");
            world.Calls.Count.ShouldBe(4);
            world.Engine.Stats().Single(stats => stats.Endpoint == "test.bars").ShadowHits.ShouldBe(1);
        });
    }

    [Fact]
    public void A_repeatedly_refused_credential_is_tried_at_most_every_thirty_seconds_and_others_go_on()
    {
        var world = new EngineWorld();
        world.Upstream = (call, at) => call.Headers.Any(header => header.Value == "mallory") ? Json("{}", 403) : world.Echo(call, at);
        world.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await world.Fetch($"/bars/{i}", "mallory");
            }

            world.Calls.Count.ShouldBe(3);
            (await world.Fetch("/bars/1", "mallory")).Refusal!.Kind.ShouldBe(RefusalKind.CredentialClosed);
            (await world.Fetch("/bars/1", "alice")).Kind.ShouldBe(FetchKind.Fetched);
            await world.Time.Delay(TimeSpan.FromSeconds(31));
            (await world.Fetch("/bars/1", "mallory")).Kind.ShouldBe(FetchKind.Passed);
        });
    }

    [Fact]
    public void Every_decision_can_be_explained_by_request_id()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var demand = world.Demand("/bars/1");
            await world.Engine.FetchAsync(demand, default);
            world.Engine.Explain(demand.RequestId)!.Steps.Select(step => step.Decision).ShouldBe(["boarded", "sent", "answered"]);
            var hit = world.Demand("/bars/1");
            world.Engine.TryFetch(hit, out _);
            world.Engine.Explain(hit.RequestId)!.Steps.ShouldHaveSingleItem().Decision.ShouldBe("hit");
        });
    }
}
