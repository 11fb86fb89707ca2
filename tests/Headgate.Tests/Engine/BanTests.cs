using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

/// <summary>Storms of refusals end with the credential or the limit they are about, never with the provider.</summary>
public sealed class BanTests
{
    [Fact]
    public void A_storm_with_a_refused_credential_costs_three_calls_and_one_each_thirty_seconds()
    {
        var world = new EngineWorld();
        world.Upstream = (call, at) => call.Headers.Any(header => header.Value == "mallory") ? Json("{}", call.Id % 2 == 0 ? 401 : 403) : world.Echo(call, at);
        world.Run(async () =>
        {
            List<TimeSpan> arrivals = [];
            var upstream = world.Upstream;
            world.Upstream = (call, at) =>
            {
                arrivals.Add(TimeSpan.FromTicks(world.Time.Elapsed));
                return upstream(call, at);
            };
            // Five clients a second for five minutes, each with a minute of patience.
            var asks = new List<Task<FetchResult>>();
            for (var i = 0; i < 1_500; i++)
            {
                asks.Add(world.Fetch($"/bars/{i}", "mallory", deadline: TimeSpan.FromSeconds(60)));
                await world.Time.Delay(TimeSpan.FromMilliseconds(200));
            }

            await Task.WhenAll(asks);
            arrivals.Count.ShouldBeInRange(12, 13);
            arrivals.Skip(2).Zip(arrivals.Skip(3)).ShouldAllBe(pair => pair.Second - pair.First >= TimeSpan.FromSeconds(30));
            (await world.Fetch("/bars/1", "alice")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void What_already_waits_with_a_credential_is_answered_when_it_is_closed()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 403) };
        world.Run(async () =>
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => world.Fetch($"/bars/{i}", "mallory", deadline: TimeSpan.FromSeconds(60))));
            world.Calls.Count.ShouldBe(3);
            results.Count(result => result.Refusal?.Kind == RefusalKind.CredentialClosed).ShouldBe(57);
            results.Where(result => result.Refusal is not null).ShouldAllBe(result => result.Refusal!.RetryAt > world.Engine.Clock.Now);
        });
    }

    [Fact]
    public void A_closed_credential_stays_closed_across_a_restart_and_one_success_opens_it_for_good()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 403) };
        world.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await world.Fetch($"/bars/{i}", "mallory");
            }

            await Restart(world);
            (await world.Fetch("/bars/1", "mallory")).Refusal!.Kind.ShouldBe(RefusalKind.CredentialClosed);
            world.Calls.Count.ShouldBe(3);
            await world.Time.Delay(TimeSpan.FromSeconds(31));
            world.Upstream = world.Echo;
            (await world.Fetch("/bars/1", "mallory")).Kind.ShouldBe(FetchKind.Fetched);
            await Restart(world);
            (await world.Fetch("/bars/2", "mallory")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void Refusals_of_callers_without_a_credential_close_that_endpoint_for_them_and_no_other()
    {
        var world = new EngineWorld(yaml: Yaml.Replace("identity:\n  from: header Authorization", "identity:\n  from: header X-Key", StringComparison.Ordinal));
        world.Upstream = (call, at) => call.Target.StartsWith("/scarce", StringComparison.Ordinal) ? Json("{}", 401) : world.Echo(call, at);
        world.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await world.Fetch($"/scarce/{i}");
            }

            world.Calls.Count.ShouldBe(3);
            (await world.Fetch("/bars/1")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_418_closes_every_limit_of_the_call_durably_for_as_long_as_the_upstream_says()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 418, ("Retry-After", "120")) };
        world.Run(async () =>
        {
            await world.Fetch("/bars/1");
            world.Upstream = world.Echo;
            await Restart(world);
            var refused = await world.Fetch("/bars/2");
            refused.Refusal!.Kind.ShouldBe(RefusalKind.Limited);
            (refused.Refusal.RetryAt!.Value - world.Engine.Clock.Now).ShouldBeInRange(TimeSpan.FromSeconds(118), TimeSpan.FromSeconds(120));
            await world.Time.Delay(TimeSpan.FromSeconds(110));
            (await world.Fetch("/bars/2")).Refusal!.Kind.ShouldBe(RefusalKind.Limited);
            world.Calls.Count.ShouldBe(1);
            await world.Time.Delay(TimeSpan.FromSeconds(11));
            (await world.Fetch("/bars/2")).Kind.ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_watch_with_a_refused_secret_probes_as_seldom_as_anybody()
    {
        var world = Refresh.RefreshWorld.New((_, _) => Json("{}", 403));
        world.Run(async () =>
        {
            await world.Engine.Refresh.AddAsync(Refresh.RefreshWorld.Whole("t", "/bars/1", TimeSpan.FromSeconds(5)));
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            world.Calls.Count.ShouldBeLessThanOrEqualTo(13);
            Refresh.RefreshWorld.Of(world, "t").Problem.ShouldNotBeNull();
        });
    }

    private static async Task Restart(EngineWorld world)
    {
        await world.Engine.DisposeAsync();
        await world.StartAsync();
    }
}
