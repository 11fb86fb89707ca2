using System.Collections.Concurrent;
using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests;

/// <summary>
/// Outages and returns of an upstream between bare sockets, on a clock that only the test moves: it jumps to the gate's next timer when nothing more
/// happens by itself.
/// </summary>
[Collection("alone")]
public sealed class RecoveryTests
{
    private const int Permits = 3;

    private const string Definition = """
        provider: shop
        baseUrl: BASE
        limits: { narrow: { permits: 3, per: 1s, scope: provider } }
        defaultLimit: narrow
        scope: public
        deadline: 3s
        timeout: 2s
        contentTypes: application/json
        endpoints:
          - { name: small, match: 'GET /small/{id}', limits: [narrow], freshness: { ttl: 0s, stale: 10m } }
        errors:
          - { status: 5xx, as: transient }
          - { status: 200, json: { status: error }, as: transient }
        """;

    private readonly HandTime _time = new();
    private readonly ConcurrentQueue<DateTimeOffset> _arrivals = new();

    [Theory]
    [InlineData("down")]
    [InlineData("hanging")]
    [InlineData("truncated")]
    [InlineData("soft error")]
    [InlineData("500")]
    public async Task An_outage_is_bridged_probed_rarely_and_over_within_a_minute_of_the_return_without_a_herd(string way)
    {
        var isBad = false;
        await using var gate = await WholeGate.Start(Definition, exchange => Answer(exchange, isBad ? way : null), time: _time);
        (await Ask(gate, "/shop/small/a")).Body.ShouldContain("63.80");
        isBad = true;

        await OpenBreaker(gate);
        await ProbesAreRareWhileStaleIsServed(gate);

        // Beyond the ceiling of ten minutes nothing old is left to give.
        await Pass(TimeSpan.FromMinutes(10));
        var beyond = await Ask(gate, "/shop/small/a");
        beyond.Status.ShouldBeOneOf(way == "500" ? 500 : 503, 502, 503, 504);
        beyond.Body.ShouldNotContain("63.80");
        beyond.Body.ShouldNotContain("try later");

        isBad = false;
        await FirstSuccessWithinAMinute(gate);
        await NoHerd(gate);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("html")]
    [InlineData("empty")]
    public async Task Unusable_answers_open_no_breaker_are_never_kept_and_the_first_good_one_is_served_at_once(string way)
    {
        var isBad = false;
        await using var gate = await WholeGate.Start(Definition, exchange => Answer(exchange, isBad ? way : null), time: _time);
        await Ask(gate, "/shop/small/a");
        isBad = true;
        for (var i = 0; i < 8; i++)
        {
            var stale = await Ask(gate, "/shop/small/a");
            (stale.Status, stale.Body).ShouldBe((200, "{\"last_price\":63.80}"));
            stale["Cache-Status"]!.ShouldContain("detail=upstream-error");
            (await Ask(gate, "/shop/small/a", "Cache-Control: no-cache")).Status.ShouldBe(502);
            (await Ask(gate, "/shop/small/b")).Status.ShouldBe(502);
            await Pass(TimeSpan.FromSeconds(2));
        }

        isBad = false;
        var good = await Ask(gate, "/shop/small/b", "Cache-Control: no-cache");
        (good.Status, good.Body).ShouldBe((200, "{\"last_price\":63.80}"));
    }

    private async Task OpenBreaker(WholeGate gate)
    {
        for (var i = 0; i < 20; i++)
        {
            var stale = await Ask(gate, "/shop/small/a");
            stale.Status.ShouldBe(200, stale.Body);
            stale.Body.ShouldBe("{\"last_price\":63.80}");
            stale["Cache-Status"]!.ShouldMatch("^headgate; (hit|fwd=stale).*; ttl=-\\d+; detail=(upstream-error|timeout|breaker)$");
            var refused = await Ask(gate, "/shop/small/a", "Cache-Control: max-age=0");
            refused.Status.ShouldBeOneOf(500, 502, 503, 504);
            refused.Body.ShouldNotContain("63.80");
            if (stale["Cache-Status"]!.EndsWith("detail=breaker", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The breaker never opened.");
    }

    private async Task ProbesAreRareWhileStaleIsServed(WholeGate gate)
    {
        var from = _time.GetUtcNow();
        var before = _arrivals.Count;
        while (_time.GetUtcNow() - from < TimeSpan.FromMinutes(4))
        {
            var probed = _arrivals.Count;
            (await Ask(gate, "/shop/small/a")).Status.ShouldBe(200);
            if (_arrivals.Count == probed)
            {
                // Not the probe: it is answered without the clock having moved at all, and so is everybody else.
                var at = _time.GetUtcNow();
                (await gate.Get("/shop/small/a", "Cache-Control: max-age=0")).Type.ShouldBe("breaker-open");
                (await gate.Get("/shop/small/never-seen")).Type.ShouldBe("breaker-open");
                _time.GetUtcNow().ShouldBe(at);
            }

            await Pass(TimeSpan.FromSeconds(3));
        }

        var probes = _arrivals.Skip(before).ToList();
        probes.Count.ShouldBeInRange(6, 14, "after 5, 10, 20 and then every 30 seconds, and its own time-out where it hangs");
        probes.Zip(probes.Skip(1), (one, next) => next - one).ShouldAllBe(gap => gap >= TimeSpan.FromSeconds(5) && gap <= TimeSpan.FromSeconds(36));
    }

    private async Task FirstSuccessWithinAMinute(WholeGate gate)
    {
        var returned = _time.GetUtcNow();
        var before = _arrivals.Count;
        while (true)
        {
            var answers = await Together(Enumerable.Range(0, 20).Select(i => gate.Get($"/shop/small/{i}", "Cache-Control: no-cache")));
            if (answers.Any(answer => answer.Status == 200))
            {
                // Those who came while the probe was under way were refused; those who came after it go at the limit's pace.
                KeepsToTheLimit(before);
                return;
            }

            _arrivals.Count.ShouldBe(before, "only the probe may go, and it would have succeeded");
            (_time.GetUtcNow() - returned).ShouldBeLessThan(TimeSpan.FromSeconds(60), "the upstream is back and nobody gets through");
            await Pass(TimeSpan.FromSeconds(1));
        }
    }

    private async Task NoHerd(WholeGate gate)
    {
        var before = _arrivals.Count;
        var answers = await Together(Enumerable.Range(0, 60).Select(i => gate.Get($"/shop/small/{i % 30}")));
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 429);
        answers.Count(answer => answer.Status == 200).ShouldBeGreaterThan(Permits);
        KeepsToTheLimit(before);
    }

    private void KeepsToTheLimit(int before)
    {
        var arrivals = _arrivals.Skip(before).ToList();
        arrivals.ShouldNotBeEmpty();
        for (var i = Permits; i < arrivals.Count; i++)
        {
            (arrivals[i] - arrivals[i - Permits]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1), $"{Permits} a second is the limit, at recovery too");
        }
    }

    private async Task<RawResponse> Ask(WholeGate gate, string target, params string[] headers) => (await Together([gate.Get(target, headers)]))[0];

    private async Task<RawResponse[]> Together(IEnumerable<Task<RawResponse>> asks)
    {
        var all = Task.WhenAll(asks);
        while (await Stillness.ComesBeforeAsync(all))
        {
            _time.Jump(TimeSpan.FromSeconds(1));
        }

        return await all;
    }

    private async Task Pass(TimeSpan span)
    {
        var until = _time.GetUtcNow() + span;
        while (_time.GetUtcNow() < until)
        {
            _time.Jump(until - _time.GetUtcNow());
            await Task.Yield();
        }
    }

    private Task Answer(RawExchange exchange, string? way)
    {
        _arrivals.Enqueue(_time.GetUtcNow());
        return way is null ? exchange.Reply("{\"last_price\":63.80}", "Content-Type: application/json\r\n") : BadAnswers.GiveAsync(exchange, way);
    }
}
