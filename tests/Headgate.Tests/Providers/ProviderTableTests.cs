using Headgate.Upstreams.Faults;

namespace Headgate.Tests.Providers;

/// <summary>For every provider: what an answer is taken for, what is kept of it, and what the client sees.</summary>
public sealed class ProviderTableTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(900);

    public static TheoryData<string> Names { get; } = [.. ProviderCase.All.Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_normal_answer_is_kept_for_its_time_and_no_longer(string name) => Run(name, async (world, provider) =>
    {
        var first = await world.Get(provider.For(provider.Symbols[0]));
        first.Kind.ShouldBe(FetchKind.Fetched);
        first.Status.ShouldBe(200);
        first.Body.ShouldContain(provider.Says);
        var again = await world.Get(provider.For(provider.Symbols[0]));
        again.Kind.ShouldBe(provider.Keeps ? FetchKind.Hit : FetchKind.Fetched);
        world.Arrivals.ShouldBe(provider.Keeps ? 1 : 2);
        await Task.Delay(provider.Ttl + TimeSpan.FromSeconds(1), world.Time);
        (await world.Get(provider.For(provider.Symbols[0]))).Kind.ShouldBe(FetchKind.Fetched);
        world.Arrivals.ShouldBe(provider.Keeps ? 2 : 3);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Asks_made_at_once_share_calls(string name) => Run(name, async (world, provider) =>
    {
        await world.Get(provider.For(provider.Symbols[2]));
        await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        var before = world.Arrivals;
        var asks = Enumerable.Range(0, 6).Select(i => world.Get(provider.For(provider.Symbols[i % 2]))).ToList();
        var seen = await Task.WhenAll(asks);
        seen.ShouldAllBe(answer => answer.Kind == FetchKind.Fetched && answer.Status == 200);
        seen[0].Body.ShouldBe(seen[2].Body);
        (world.Arrivals - before).ShouldBe(provider.Merges ? 1 : 2);
        if (provider.Merges)
        {
            // What each would have been told alone, though it came with the other's.
            await Task.Delay(TimeSpan.FromSeconds(61), world.Time);
            var alone = await world.Get(provider.For(provider.Symbols[0]));
            Shape(alone.Body).ShouldBe(Shape(seen[0].Body));
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_answer_rests_the_limit_and_is_never_kept_as_data(string name) => Run(name, async (world, provider) =>
    {
        world.Fault(TwinFault.Limited());
        var limited = await world.Get(provider.For(provider.Symbols[0]), deadline: Soon);
        limited.Status.ShouldBe(429);
        limited.Kind.ShouldBe(provider.IsSoft ? FetchKind.Refused : FetchKind.Passed);
        (await world.Get(provider.For(provider.Symbols[1]), deadline: TimeSpan.FromMilliseconds(200))).Status.ShouldBe(429);
        world.Arrivals.ShouldBe(1);
        await Task.Delay(provider.Rest + TimeSpan.FromSeconds(1), world.Time);
        (await world.Get(provider.For(provider.Symbols[0]))).Body.ShouldContain(provider.Says);
        world.Arrivals.ShouldBe(2);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void While_a_limit_rests_what_is_held_is_given_with_its_reason(string name) => Run(name, async (world, provider) =>
    {
        if (!provider.Keeps)
        {
            return;
        }

        var fresh = await world.Get(provider.For(provider.Symbols[0]));
        await Task.Delay(provider.Ttl + TimeSpan.FromSeconds(1), world.Time);
        world.Fault(TwinFault.Limited());
        var stale = await world.Get(provider.For(provider.Symbols[0]), deadline: Soon);
        (stale.Kind, stale.Reason, stale.Body).ShouldBe((FetchKind.Stale, "limit", fresh.Body));
        // Who says what it will take gets nothing older.
        (await world.Get(provider.For(provider.Symbols[0]), deadline: Soon, freshness: new Freshness { MaxAge = TimeSpan.Zero })).Status.ShouldBe(429);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_credential_is_told_so_keeps_nothing_and_sees_nothing(string name) => Run(name, async (world, provider) =>
    {
        if (provider.Wrong is not { } wrong)
        {
            return;
        }

        await world.Get(provider.For(provider.Symbols[0]));
        await Task.Delay(TimeSpan.FromSeconds(1.1), world.Time);
        var seen = await world.Get(provider.For(provider.Symbols[0]), key: "wrong");
        (seen.Kind, seen.Status).ShouldBe((FetchKind.Passed, wrong.Status));
        seen.Body.ShouldContain(wrong.Says);
        var arrivals = world.Arrivals;
        await Task.Delay(TimeSpan.FromSeconds(1.1), world.Time);
        (await world.Get(provider.For(provider.Symbols[0]), key: "wrong")).Status.ShouldBe(wrong.Status);
        world.Arrivals.ShouldBe(arrivals + 1);
        // The right one is none the worse for it.
        await Task.Delay(provider.Ttl + TimeSpan.FromSeconds(1), world.Time);
        (await world.Get(provider.For(provider.Symbols[0]))).Body.ShouldContain(provider.Says);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_plan_lacks_is_told_as_the_upstream_tells_it_and_closes_nothing(string name) => Run(name, async (world, provider) =>
    {
        if (provider.Plan is not { } plan)
        {
            return;
        }

        var seen = await world.Get(plan.Target);
        (seen.Kind, seen.Status).ShouldBe((FetchKind.Passed, plan.Status));
        seen.Body.ShouldContain(plan.Says);
        (await world.Get(provider.For(provider.Symbols[0]))).Body.ShouldContain(provider.Says);
        world.Arrivals.ShouldBe(2);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unknown_item_is_told_as_the_upstream_tells_it_and_remembered(string name) => Run(name, async (world, provider) =>
    {
        if (provider.Unknown is not { } unknown)
        {
            return;
        }

        var seen = await world.Get(provider.For("NOTHING"));
        seen.Status.ShouldBe(unknown.Status);
        seen.Body.ShouldContain(unknown.Says);
        var again = await world.Get(provider.For("NOTHING"));
        (again.Status, again.Body).ShouldBe((seen.Status, seen.Body));
        world.Arrivals.ShouldBe(provider.RemembersUnknown ? 1 : 2);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void An_unknown_item_spoils_no_other_items_answer(string name) => Run(name, async (world, provider) =>
    {
        if (!provider.Merges || provider.Unknown is null)
        {
            return;
        }

        var seen = await Task.WhenAll(world.Get(provider.For(provider.Symbols[0])), world.Get(provider.For("NOTHING")), world.Get(provider.For(provider.Symbols[1])));
        seen[0].Body.ShouldContain(provider.Says);
        seen[2].Status.ShouldBe(200);
        seen[2].Body.ShouldNotContain("NOTHING");
        // An error that stood among several items is told without the status it would have had alone.
        seen[1].Body.ShouldContain(provider.Unknown.Value.Says);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void One_server_error_is_tried_again_and_a_lasting_one_is_told_or_covered_by_what_is_held(string name) => Run(name, async (world, provider) =>
    {
        world.Fault(TwinFault.Error(500));
        var fresh = await world.Get(provider.For(provider.Symbols[0]));
        fresh.Body.ShouldContain(provider.Says);
        world.Arrivals.ShouldBe(2);
        await Task.Delay(provider.Ttl + TimeSpan.FromSeconds(2), world.Time);
        world.Fault(TwinFault.Error(500), 50);
        var covered = await world.Get(provider.For(provider.Symbols[0]));
        if (provider.Keeps)
        {
            (covered.Kind, covered.Reason, covered.Body).ShouldBe((FetchKind.Stale, "upstream-error", fresh.Body));
        }

        await Task.Delay(provider.Calm, world.Time);
        var told = await world.Get(provider.For(provider.Symbols[1]));
        told.Status.ShouldBeGreaterThanOrEqualTo(500);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_that_cannot_be_used_is_never_kept_and_never_given(string name) => Run(name, async (world, provider) =>
    {
        foreach (var kind in new[] { TwinFaultKind.GarbageBody, TwinFaultKind.EmptyBody, TwinFaultKind.HtmlBody })
        {
            world.Fault(new TwinFault(kind));
            var seen = await world.Get(provider.For(provider.Symbols[0]));
            (seen.Kind, seen.Refusal, seen.Status).ShouldBe((FetchKind.Refused, RefusalKind.UpstreamUnusable, 502));
            await Task.Delay(TimeSpan.FromSeconds(2), world.Time);
        }

        (await world.Get(provider.For(provider.Symbols[0]))).Body.ShouldContain(provider.Says);
        world.Arrivals.ShouldBe(4);
    });

    private static void Run(string name, Func<ProviderWorld, ProviderCase, Task> test)
    {
        var provider = ProviderCase.All.Single(candidate => candidate.Name == name);
        new ProviderWorld(provider).Run(world => test(world, provider));
    }

    private static string Shape(string body) => System.Text.RegularExpressions.Regex.Replace(body, "[0-9.:T+-]+", "0");
}
