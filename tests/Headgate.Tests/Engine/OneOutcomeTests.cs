using Headgate.Simulation;
using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

/// <summary>Health is told of each call once, whatever becomes of it.</summary>
public sealed class OneOutcomeTests
{
    private const string Whole = "freshness: { ttl: 1s, stale: 1h }";
    private const string Origin = "freshness: { ttl: origin, stale: 1h }";
    private const int Large = 300 << 10;

    public static TheoryData<string, string, int, int, NetworkFault> All()
    {
        var all = new TheoryData<string, string, int, int, NetworkFault>();
        foreach (var freshness in (string[])[Whole, Origin])
        {
            foreach (var method in (string[])["GET", "HEAD", "POST"])
            {
                foreach (var status in (int[])[200, 304, 404, 403, 429, 500])
                {
                    foreach (var bytes in (int[])[20, Large])
                    {
                        foreach (var fault in Enum.GetValues<NetworkFault>())
                        {
                            all.Add(freshness, method, status, bytes, fault);
                        }
                    }
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_call_has_one_outcome(string freshness, string method, int status, int bytes, NetworkFault fault)
    {
        var world = World(freshness, (_, _) => EngineWorld.Json($"{{\"x\":\"{new string('x', bytes)}\"}}", status));
        world.Run(async () =>
        {
            world.Transport.Fate = _ => new NetworkFate(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), fault);
            await AskAsync(world, method);
            // A slow body has ended by then, or has been given up.
            await world.Time.Delay(TimeSpan.FromDays(1));

            var calls = world.Engine.Stats().Single(row => row.Calls > 0);
            var outcomes = world.Engine.Conditions().Single(condition => condition.Endpoint == calls.Endpoint).Outcomes;
            outcomes.Made.ShouldBe(calls.Calls, $"{outcomes}");
            (calls.UpstreamErrors + calls.LimitedByUpstream).ShouldBeLessThanOrEqualTo(calls.Calls);
        });
    }

    [Theory]
    [InlineData(20)]
    [InlineData(Large)]
    public void A_body_that_breaks_off_is_a_failure_and_no_success_where_the_upstreams_headers_decide(int bytes)
    {
        var world = World(Origin, (_, _) => EngineWorld.Json(new string('x', bytes), 200, ("Cache-Control", "max-age=60")));
        world.Run(async () =>
        {
            world.Transport.Fate = _ => new NetworkFate(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), NetworkFault.Truncated);
            await AskAsync(world, "GET");

            var outcomes = world.Engine.Conditions().Single().Outcomes;
            (outcomes.Succeeded, outcomes.Failed, outcomes.FailuresInRow).ShouldBe((0, 1, 1));
        });
    }

    private static EngineWorld World(string freshness, Func<Headgate.Upstream.UpstreamCall, DateTimeOffset, TwinReply> upstream) =>
        new(upstream, yaml: $"provider: test\nbaseUrl: http://upstream.test\nscope: public\n{freshness}\nlimits:\n  address: {{ permits: 100, per: 1s }}\n");

    private static async Task AskAsync(EngineWorld world, string method)
    {
        var demand = world.Demand("/a", method: method, deadline: TimeSpan.FromSeconds(20));
        var result = method == "POST" ? await world.Engine.ForwardAsync(demand, default) : await world.Engine.FetchAsync(demand, default);
        if (result.Reply is not null)
        {
            try
            {
                await EngineWorld.BodyOf(result);
            }
            catch (Headgate.Upstream.UpstreamBodyException)
            {
                // As the fault has it.
            }
        }
    }
}
