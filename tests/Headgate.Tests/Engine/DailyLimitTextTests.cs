using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

public sealed class DailyLimitTextTests
{
    [Fact]
    public void Sixty_distinct_symbols_at_25_a_day_with_a_restart_in_the_middle_make_at_most_25_calls_the_rest_stale_or_refused_until_the_reset()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            // Yesterday five of the symbols were asked for; they may stand in, stale, for ten minutes only after midnight UTC.
            await world.Time.Delay(Midnight(world) - TimeSpan.FromMinutes(1) - world.Time.TrueNow);
            for (var i = 0; i < 5; i++)
            {
                (await world.Fetch($"/scarce/S{i}")).Kind.ShouldBe(FetchKind.Fetched);
            }

            await world.Time.Delay(Midnight(world) + TimeSpan.FromSeconds(10) - world.Time.TrueNow);
            world.Calls.Clear();
            world.Upstream = LimitAfter(world, 25);
            var kinds = new List<FetchKind>();
            for (var i = 0; i < 60; i++)
            {
                if (i == 30)
                {
                    await world.Engine.DisposeAsync();
                    await world.StartAsync();
                }

                kinds.Add(await Ask(world, $"/scarce/S{59 - i}"));
            }

            world.Calls.Count.ShouldBe(25);
            kinds.Count(kind => kind == FetchKind.Fetched).ShouldBe(25);
            kinds.Skip(25).ShouldAllBe(kind => kind == FetchKind.Stale || kind == FetchKind.Refused);
            kinds.TakeLast(5).ShouldAllBe(kind => kind == FetchKind.Stale, "what is held stands in, saying so");

            await world.Time.Delay(Midnight(world) + TimeSpan.FromSeconds(10) - world.Time.TrueNow);
            world.Calls.Clear();
            world.Upstream = LimitAfter(world, 25);
            (await Ask(world, "/scarce/S40")).ShouldBe(FetchKind.Fetched);
        });
    }

    [Fact]
    public void A_limit_text_that_comes_early_closes_the_budget_and_is_never_data()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            // Somebody else spends of the same key: the upstream says so after the third call already.
            world.Upstream = LimitAfter(world, 3);
            for (var i = 0; i < 60; i++)
            {
                var result = await world.Fetch($"/scarce/S{i}");
                (result.Kind is FetchKind.Fetched or FetchKind.Refused).ShouldBeTrue();
                (result.Kind == FetchKind.Fetched).ShouldBe(i < 3);
                result.Return();
            }

            world.Calls.Count.ShouldBeLessThan(10, "a closed budget is tried again by its back-off, not by each of 57 asks");
        });
    }

    private static async Task<FetchKind> Ask(EngineWorld world, string target)
    {
        var result = await world.Fetch(target);
        result.Return();
        return result.Kind;
    }

    private static Func<Headgate.Upstream.UpstreamCall, DateTimeOffset, TwinReply> LimitAfter(EngineWorld world, int calls) =>
        (call, at) => world.Calls.Count > calls ? EngineWorld.Json("""{"note":"slow"}""") : world.Echo(call, at);

    private static DateTimeOffset Midnight(EngineWorld world) => new DateTimeOffset(world.Time.TrueNow.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
