using static Headgate.Tests.Engine.EngineWorld;

namespace Headgate.Tests.Engine;

/// <summary>Failures of the coordinator that the bots' fleet once had, each named after what it did; docs/desk/fleet.md tells which is tested where.</summary>
public sealed class KnownCoordinatorFailureTests
{
    // Callers gave up after 30 s while their requests stayed queued, and ran later for nobody.
    [Fact]
    public void Requests_whose_callers_gave_up_are_not_sent_later_for_nobody()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            using var leaving = new CancellationTokenSource();
            // Three a second are let through, so most of these wait.
            var asks = Enumerable.Range(0, 20).Select(i => world.Engine.FetchAsync(world.Demand($"/bars/{i}", deadline: TimeSpan.FromMinutes(1)), leaving.Token).AsTask()).ToList();
            await world.Time.Delay(TimeSpan.FromSeconds(1.5));
            leaving.Cancel();
            foreach (var ask in asks)
            {
                await Ended(ask);
            }

            var sent = world.Calls.Count;
            sent.ShouldBeInRange(3, 9);
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            world.Calls.Count.ShouldBe(sent);
        });
    }

    // The same where callers state a deadline and simply stop waiting.
    [Fact]
    public void Requests_past_their_deadline_are_refused_and_not_sent_later()
    {
        var world = new EngineWorld();
        world.Run(async () =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Fetch($"/bars/{i}", deadline: TimeSpan.FromSeconds(2))));
            var sent = world.Calls.Count;
            answers.Count(answer => answer.Refusal is null).ShouldBe(sent);
            answers.Where(answer => answer.Refusal is not null).ShouldAllBe(answer => answer.Refusal!.RetryAt != null);
            await world.Time.Delay(TimeSpan.FromMinutes(2));
            world.Calls.Count.ShouldBe(sent);
        });
    }

    // The breaker was tested when a request was queued and not again when it was sent.
    [Fact]
    public void Queued_requests_are_not_sent_while_the_breaker_is_open()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 500) };
        world.Run(async () =>
        {
            var asks = Enumerable.Range(0, 40).Select(i => world.Fetch($"/bars/{i}", deadline: TimeSpan.FromSeconds(25))).ToList();
            foreach (var ask in asks)
            {
                await ask;
            }

            // Five failures open it; what was under way by then, and a probe, come on top.
            world.Calls.Count.ShouldBeLessThanOrEqualTo(10);
            asks.Count(ask => ask.Result.Refusal is { Kind: RefusalKind.BreakerOpen }).ShouldBeGreaterThanOrEqualTo(30);
        });
    }

    // Results were removed only when somebody read them late, so memory grew without end.
    [Fact]
    public void Finished_requests_are_forgotten_whether_anybody_reads_them_or_not()
    {
        var world = new EngineWorld { Options = new EngineOptions { ExplanationsMax = 10 } };
        List<WeakReference> requests = [];
        world.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                requests.Add(await SentAsync(world, i));
            }
        });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        requests.Take(80).Count(request => request.IsAlive).ShouldBe(0);
    }

    // Orders were tried again after errors.
    [Fact]
    public void An_order_that_failed_is_not_tried_again()
    {
        var world = new EngineWorld { Upstream = (_, _) => Json("{}", 500) };
        world.Run(async () =>
        {
            (await world.Forward("POST", "/orders/new")).ForwardStatus.ShouldBe(500);
            await world.Time.Delay(TimeSpan.FromMinutes(5));
            world.Calls.Count.ShouldBe(1);
        });
    }

    // What was critical ran whatever the limit was.
    [Fact]
    public void The_most_urgent_keep_the_limit_as_well()
    {
        var world = new EngineWorld();
        var arrivals = new List<DateTimeOffset>();
        world.Upstream = (call, at) =>
        {
            arrivals.Add(at);
            return world.Echo(call, at);
        };
        world.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => world.Fetch($"/bars/{i}", urgency: 0, deadline: TimeSpan.FromSeconds(30))));
            arrivals.Count.ShouldBe(12);
            arrivals.ShouldAllBe(from => arrivals.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1)) <= 3);
        });
    }

    private static async Task<WeakReference> SentAsync(EngineWorld world, int number)
    {
        var demand = world.Demand($"/orders/{number}", method: "POST");
        await world.Engine.ForwardAsync(demand, default);
        return new WeakReference(demand);
    }

    private static async Task Ended(Task ask)
    {
        try
        {
            await ask;
        }
        catch (OperationCanceledException)
        {
            // It left.
        }
    }
}
