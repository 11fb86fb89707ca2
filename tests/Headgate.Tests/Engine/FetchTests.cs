using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

public sealed class FetchTests
{
    [Fact]
    public void What_was_fetched_is_a_hit_until_its_ttl_inclusive()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var first = await world.Fetch("/quote?i=A");
            first.Kind.ShouldBe(FetchKind.Fetched);
            first.Reason.ShouldBe("uri-miss");
            var second = await world.Fetch("/quote?i=A");
            second.Kind.ShouldBe(FetchKind.Hit);
            Text(second).ShouldBe("{\"status\":\"success\",\"data\":{\"A\":{\"last_price\":63.80,\"n\":1,\"at\":9007199254740993}}}");
            await world.Time.Delay(TimeSpan.FromSeconds(1) - second.Age);
            (await world.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit);
            await world.Time.Delay(TimeSpan.FromMilliseconds(1));
            (await world.Fetch("/quote?i=A")).Reason.ShouldBe("stale");
            world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void Two_hundred_identical_concurrent_requests_of_one_credential_make_one_call()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => world.Fetch("/quote?i=A")));
            all.ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            all.Count(result => result.Collapsed).ShouldBe(199);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void AB_then_BC_asks_only_for_C_and_answers_in_the_order_asked()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A&i=B");
            await world.Time.Delay(TimeSpan.FromMilliseconds(900));
            var result = await world.Fetch("/quote?i=C&i=B&i=C", freshness: new Freshness { MaxStale = TimeSpan.FromMinutes(1) });
            ItemsOf(world.Calls[1]).ShouldBe(["C"]);
            Text(result).ShouldBe("{\"status\":\"success\",\"data\":{\"C\":{\"last_price\":63.80,\"n\":2,\"at\":9007199254740993},\"B\":{\"last_price\":63.80,\"n\":1,\"at\":9007199254740993}}}");
        });
    }

    [Fact]
    public void Fifty_single_asks_from_ten_clients_at_once_make_one_call()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => world.Fetch($"/quote?i=S{i}", client: $"bot{i % 10}")));
            all.ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            ItemsOf(world.Calls.ShouldHaveSingleItem()).Count.ShouldBe(50);
        });
    }

    [Fact]
    public void Seven_hundred_instruments_take_two_calls_one_window_apart()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var result = await world.Fetch("/quote?" + string.Join('&', Enumerable.Range(0, 700).Select(i => $"i=S{i}")));
            result.Count.ShouldBe(700);
            world.Calls.Select(call => ItemsOf(call).Count).ShouldBe([500, 200]);
        });
    }

    [Fact]
    public void A_cached_quote_answers_the_smaller_shape_without_a_call()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A&i=X");
            var result = await world.Fetch("/ltp?i=A&i=X");
            result.Kind.ShouldBe(FetchKind.Hit);
            Text(result).ShouldBe("{\"status\":\"success\",\"data\":{\"A\":{\"last_price\":63.80}}}");
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_smaller_shape_that_waits_rides_with_a_call_of_the_larger()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=Z");
            var results = await Task.WhenAll(world.Fetch("/ltp?i=A&i=B"), world.Fetch("/quote?i=B&i=C"), world.Fetch("/ltp?i=C"));
            world.Calls.Count.ShouldBe(2);
            ItemsOf(world.Calls[1]).ShouldBe(["B", "C", "A"], ignoreOrder: true);
            Text(results[0]).ShouldBe("{\"status\":\"success\",\"data\":{\"A\":{\"last_price\":63.80},\"B\":{\"last_price\":63.80}}}");
            Text(results[2]).ShouldBe("{\"status\":\"success\",\"data\":{\"C\":{\"last_price\":63.80}}}");
        });
    }

    [Fact]
    public void Asks_with_different_credentials_are_never_merged_and_a_new_credential_goes_upstream_first()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A", "alice");
            (await world.Fetch("/quote?i=A", "bob")).Kind.ShouldBe(FetchKind.Fetched);
            (await world.Fetch("/quote?i=A", "bob")).Kind.ShouldBe(FetchKind.Hit);
            await Task.WhenAll(world.Fetch("/quote?i=B", "alice"), world.Fetch("/quote?i=B", "bob"));
            world.Calls.Count.ShouldBe(4);
        });
    }

    [Fact]
    public void A_refused_credential_is_served_nothing_that_others_fetched()
    {
        var world = new EngineWorld();
        world.Upstream = (call, at) => call.Headers.Any(header => header.Value == "mallory") ? Json("{\"error\":\"no\"}", 403) : world.Echo(call, at);
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A", "alice");
            var refused = await world.Fetch("/quote?i=A", "mallory");
            refused.Kind.ShouldBe(FetchKind.Passed);
            refused.Reply!.Status.ShouldBe(403);
            (await BodyOf(refused)).ShouldBe("{\"error\":\"no\"}");
        });
    }

    [Fact]
    public void Two_accounts_never_see_each_others_positions()
    {
        var world = new EngineWorld();
        world.Upstream = (call, _) => Json($"{{\"of\":\"{call.Headers[0].Value}\"}}");
        world.Run(async () =>
        {
            var asks = await Task.WhenAll(world.Fetch("/positions", "alice"), world.Fetch("/positions", "bob"));
            asks.Select(Text).ShouldBe(["{\"of\":\"alice\"}", "{\"of\":\"bob\"}"]);
        });
    }

    [Fact]
    public void A_read_made_after_an_order_never_joins_one_sent_before_it()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        world.Run(async () =>
        {
            var early = world.Fetch("/positions");
            await world.Time.Delay(TimeSpan.FromMilliseconds(100));
            var late = world.Fetch("/positions");
            await Task.WhenAll(early, late);
            world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void Max_age_zero_never_gets_old_data_not_even_when_the_upstream_is_dead()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            world.Upstream = (_, _) => Json("{}", 500);
            var result = await world.Fetch("/bars/1", freshness: new Freshness { MaxAge = TimeSpan.Zero });
            result.Kind.ShouldBe(FetchKind.Passed);
            result.Reply!.Status.ShouldBe(500);
        });
    }

    [Fact]
    public void A_client_that_states_nothing_gets_stale_data_only_when_a_fresh_answer_cannot_be_had()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Time.Delay(TimeSpan.FromSeconds(61));
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Fetched);
            await world.Time.Delay(TimeSpan.FromSeconds(61));
            world.Upstream = (_, _) => Json("{}", 500);
            var stale = await world.Fetch("/bars/1");
            stale.Kind.ShouldBe(FetchKind.Stale);
            stale.Reason.ShouldBe("upstream-error");
            stale.Ttl.ShouldBeLessThan(TimeSpan.Zero);
            await world.Time.Delay(TimeSpan.FromHours(1));
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Passed);
        });
    }

    [Fact]
    public void A_stale_answer_after_a_failed_call_is_counted_as_stale_and_takes_nothing_from_the_hits()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Fetch("/bars/1");
            await world.Time.Delay(TimeSpan.FromSeconds(61));
            world.Upstream = (_, _) => Json("{}", 500);
            await world.Fetch("/bars/1");
            var stats = world.Engine.Stats().Single(row => row.Endpoint == "test.bars");
            (stats.Items, stats.FreshHits, stats.Stale).ShouldBe((3, 1, 1));
        });
    }

    [Fact]
    public void A_client_that_states_max_age_gets_stale_data_only_if_it_allows_it()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            var maxAge = new Freshness { MaxAge = TimeSpan.FromSeconds(10) };
            (await world.Fetch("/bars/1", freshness: maxAge with { MaxStale = TimeSpan.FromSeconds(60) })).Reason.ShouldBe("max-stale");
            world.Calls.Count.ShouldBe(1);
            world.Upstream = (_, _) => Json("{}", 500);
            (await world.Fetch("/bars/1", freshness: maxAge)).Kind.ShouldBe(FetchKind.Passed);
            (await world.Fetch("/bars/1", freshness: maxAge with { StaleIfError = TimeSpan.FromSeconds(60) })).Reason.ShouldBe("upstream-error");
        });
    }

    [Fact]
    public void Max_stale_lengthens_up_to_the_endpoints_stale_ceiling()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var anyAge = new Freshness { MaxStale = TimeSpan.MaxValue };
            await world.Fetch("/bars/1");
            await world.Time.Delay(TimeSpan.FromMinutes(59));
            (await world.Fetch("/bars/1", freshness: anyAge)).Reason.ShouldBe("max-stale");
            world.Calls.Count.ShouldBe(1);
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            (await world.Fetch("/bars/1", freshness: anyAge)).Kind.ShouldBe(FetchKind.Fetched);
            await world.Time.Delay(TimeSpan.FromMinutes(61));
            world.Upstream = (_, _) => Json("{}", 500);
            (await world.Fetch("/bars/1", freshness: anyAge with { StaleIfError = TimeSpan.MaxValue })).Kind.ShouldBe(FetchKind.Passed);
        });
    }

    [Fact]
    public void Age_counts_from_the_send_plus_the_upstreams_own_Age()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Upstream = (_, _) => Json("{}", 200, ("Age", "45"));
            (await world.Fetch("/bars/1")).Age.ShouldBeInRange(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(46));
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            var hit = await world.Fetch("/bars/1");
            hit.Kind.ShouldBe(FetchKind.Hit);
            hit.Age.ShouldBeInRange(TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(57));
            await world.Time.Delay(TimeSpan.FromSeconds(10));
            await world.Fetch("/bars/1");
            world.Calls.Count.ShouldBe(2, "a minute old by the upstream's own word");
        });
    }

    [Fact]
    public void An_item_without_what_it_must_have_is_refused_alone_and_never_kept()
    {
        var world = new EngineWorld(yaml: Yaml.Replace("missingTtl: 10s }\n    answers", "missingTtl: 10s, required: [last_price] }\n    answers", StringComparison.Ordinal));
        world.Run(async () =>
        {
            world.Upstream = (_, _) => Json("""{"status":"success","data":{"A":{"last_price":63.80},"B":{"price":63.80}}}""");
            var both = await Task.WhenAll(world.Fetch("/quote?i=A"), world.Fetch("/quote?i=B"));
            both[0].Kind.ShouldBe(FetchKind.Fetched);
            both[1].Refusal!.Status.ShouldBe(502);
            world.Calls.Count.ShouldBe(1);
            (await world.Fetch("/quote?i=A")).Kind.ShouldBe(FetchKind.Hit);
            (await world.Fetch("/quote?i=B")).Refusal!.Status.ShouldBe(502);
            world.Calls.Count.ShouldBe(2);
        });
    }

    [Fact]
    public void Cookies_and_challenges_are_kept_in_no_entry()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            world.Upstream = (_, _) => Json("{}", 200, ("Set-Cookie", "sid=1"), ("WWW-Authenticate", "token"), ("X-Rid", "7"));
            await world.Fetch("/bars/1");
            (await world.Fetch("/bars/1")).Single!.Headers.Select(header => header.Name).ShouldBe(["X-Rid"]);
        });
    }

    [Fact]
    public void Only_if_cached_with_one_item_missing_is_504_and_no_call()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/quote?i=A");
            var only = new Freshness { OnlyIfCached = true };
            (await world.Fetch("/quote?i=A", freshness: only)).Kind.ShouldBe(FetchKind.Hit);
            (await world.Fetch("/quote?i=A&i=B", freshness: only)).Refusal!.Status.ShouldBe(504);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Unknown_items_are_left_out_as_the_upstream_does_and_remembered()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            Text(await world.Fetch("/quote?i=X1")).ShouldBe("{\"status\":\"success\",\"data\":{}}");
            await world.Time.Delay(TimeSpan.FromSeconds(5));
            (await world.Fetch("/quote?i=X1")).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_limit_text_in_a_200_is_never_stored_and_never_passed_on_as_200()
    {
        var world = new EngineWorld();
        world.Upstream = (_, _) => Json("{\"note\":\"slow down\"}");
        world.Run(async () =>
        {
            var result = await world.Fetch("/scarce/1");
            result.Refusal!.Status.ShouldBe(429);
            world.Entries.LastError.ShouldBeNull();
            (await world.Fetch("/scarce/1", freshness: new Freshness { OnlyIfCached = true })).Refusal!.Kind.ShouldBe(RefusalKind.NotCached);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>maintenance</html>")]
    [InlineData("{\"status\":\"success\",\"data\":{\"A\":{\"last_price\":1")]
    [InlineData("{\"status\":\"success\"}")]
    public void Unusable_200s_are_refused_and_never_kept(string body)
    {
        var world = new EngineWorld { Upstream = (_, _) => Json(body) };
        world.Run(async () =>
        {
            (await world.Fetch("/quote?i=A")).Refusal!.Status.ShouldBe(502);
            (await world.Fetch("/quote?i=A", freshness: new Freshness { OnlyIfCached = true })).Refusal!.Kind.ShouldBe(RefusalKind.NotCached);
        });
    }

    [Fact]
    public void One_bad_item_fails_only_its_own_asker()
    {
        var world = new EngineWorld();
        world.Upstream = (call, at) => ItemsOf(call).Contains("BAD") ? Json("{\"error\":\"bad symbol\"}", 400) : world.Echo(call, at);
        world.Run(async () =>
        {
            var asks = Enumerable.Range(0, 7).Select(i => world.Fetch($"/quote?i=S{i}", deadline: TimeSpan.FromSeconds(30))).Append(world.Fetch("/quote?i=BAD", deadline: TimeSpan.FromSeconds(30)));
            var results = await Task.WhenAll(asks);
            results.Take(7).ShouldAllBe(result => result.Kind == FetchKind.Fetched);
            results[7].Reply!.Status.ShouldBe(400);
        });
    }

    [Fact]
    public void A_waiter_that_leaves_cancels_nothing_for_the_others()
    {
        var world = new EngineWorld();
        world.Transport.Fate = _ => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        world.Run(async () =>
        {
            using var leaving = new CancellationTokenSource();
            var first = world.Engine.FetchAsync(world.Demand("/quote?i=A"), leaving.Token).AsTask();
            var second = world.Fetch("/quote?i=A");
            await world.Time.Delay(TimeSpan.FromMilliseconds(500));
            leaving.Cancel();
            var left = false;
            try
            {
                await first;
            }
            catch (OperationCanceledException)
            {
                left = true;
            }

            left.ShouldBeTrue();
            (await second).Kind.ShouldBe(FetchKind.Fetched);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void Entries_and_entitlements_survive_a_restart()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            await world.Engine.DisposeAsync();
            await world.StartAsync();
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Hit);
            world.Calls.Count.ShouldBe(1);
        });
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            var demand = world.Demand("/bars/1");
            for (var i = 0; i < 200; i++)
            {
                world.Engine.TryFetch(demand, out _).ShouldBeTrue();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                world.Engine.TryFetch(demand, out _);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(200)]
    public void A_merged_hit_allocates_nothing_however_many_items_it_gathers(int items)
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var target = "/quote?" + string.Join('&', Enumerable.Range(0, items).Select(i => $"i=NSE:S{i}"));
            (await world.Fetch(target)).Return();
            var demand = world.Demand(target);
            for (var i = 0; i < 200; i++)
            {
                world.Engine.TryFetch(demand, out var warm).ShouldBeTrue();
                warm.Count.ShouldBe(items);
                warm.Return();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                world.Engine.TryFetch(demand, out var hit);
                hit.Return();
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        });
    }

    [Fact]
    public void A_plan_that_was_served_before_is_served_only_while_its_credential_is_accepted()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            var demand = world.Demand("/bars/1");
            world.Engine.TryFetch(demand, out _).ShouldBeTrue();

            world.Upstream = (_, _) => Json("{}", 403);
            await world.Fetch("/bars/2");
            world.Engine.TryFetch(demand, out _).ShouldBeFalse();

            world.Upstream = world.Echo;
            await world.Fetch("/bars/3");
            world.Engine.TryFetch(demand, out _).ShouldBeTrue();
        });
    }
}
