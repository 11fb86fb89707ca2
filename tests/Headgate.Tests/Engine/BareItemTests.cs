using System.Text;
using Headgate.Caching;
using Headgate.Upstream;
using Headgate.Upstreams;

namespace Headgate.Tests.Engine;

/// <summary>One item asked alone comes bare, several come wrapped: both forms serve each other, and no byte of an item changes.</summary>
public sealed class BareItemTests
{
    private const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        limits:
          all: { permits: 100, per: 1s }
          credits: { permits: 8, per: 1m }
        defaultLimit: all
        contentTypes: application/json
        endpoints:
          - name: list
            match: GET /list
            limits: [all]
            batch: { parameter: symbols, single: symbol, style: jsonArray, max: 100, items: '$[].symbol', missing: malformed, allOrNothing: true, missingTtl: 1m }
            freshness: { ttl: 10s, stale: 10m }
          - name: map
            match: GET /map
            limits: [credits]
            cost: { permits: 0, perItem: 1 }
            batch: { parameter: symbol, single: symbol, style: comma, max: 8, items: $, missing: malformed, missingTtl: 10s, itemErrors: true, required: [price], headers: { Is_batch: 'true' } }
            freshness: { ttl: 10s, stale: 10m }
        errors:
          - { json: { code: '=429' }, as: limited, limits: [credits], close: 1m }
          - { json: { code: '=404' }, as: notFound }
          - { status: 400, json: { code: '=-1121' }, as: notFound }
          - { status: 400, as: permanent }
        """;

    [Fact]
    public void A_list_of_one_travels_alone_and_is_wrapped_again_and_a_lone_ask_is_served_from_it() => Run(async world =>
    {
        EngineWorld.Text(await world.Fetch("/list?symbols=%5B%22A%22%5D")).ShouldBe("""[{"symbol":"A","price":"63.80"}]""");
        world.Calls.Single().Target.ShouldBe("/list?symbol=A");
        EngineWorld.Text(await world.Fetch("/list?symbol=A")).ShouldBe("""{"symbol":"A","price":"63.80"}""");
        world.Calls.Count.ShouldBe(1);
    });

    [Fact]
    public void Lone_asks_made_at_once_share_a_call_and_each_gets_its_bare_item() => Run(async world =>
    {
        var answers = await Task.WhenAll(world.Fetch("/list?symbol=A"), world.Fetch("/list?symbol=B"), world.Fetch("/list?symbols=%5B%22B%22,%22A%22%5D"));
        world.Calls.Single().Target.ShouldBe("/list?symbols=%5B%22A%22,%22B%22%5D");
        EngineWorld.Text(answers[0]).ShouldBe("""{"symbol":"A","price":"63.80"}""");
        EngineWorld.Text(answers[1]).ShouldBe("""{"symbol":"B","price":"63.80"}""");
        EngineWorld.Text(answers[2]).ShouldBe("""[{"symbol":"B","price":"63.80"},{"symbol":"A","price":"63.80"}]""");
        answers[0].Single!.Envelope.ShouldBeNull();
    });

    [Fact]
    public void A_bare_answer_that_names_another_item_is_not_used() => Run(async world =>
    {
        world.Upstream = (_, _) => EngineWorld.Json("""{"symbol":"Z","price":"1"}""");
        (await world.Fetch("/list?symbol=A")).Refusal!.Kind.ShouldBe(RefusalKind.UpstreamUnusable);
    });

    [Fact]
    public void An_item_that_fails_whole_calls_is_remembered_and_fails_no_other_askers_call_again() => Run(async world =>
    {
        var bad = await Task.WhenAll(world.Fetch("/list?symbol=A"), world.Fetch("/list?symbol=X"), world.Fetch("/list?symbol=B"));
        EngineWorld.Text(bad[0]).ShouldContain("A");
        EngineWorld.Text(bad[2]).ShouldContain("B");
        (bad[1].Single!.Status, EngineWorld.Text(bad[1])).ShouldBe((400, """{"code":-1121}"""));
        var calls = world.Calls.Count;
        await Task.Delay(TimeSpan.FromSeconds(11), world.Time);
        var again = await Task.WhenAll(world.Fetch("/list?symbol=A"), world.Fetch("/list?symbol=X"), world.Fetch("/list?symbols=%5B%22B%22,%22X%22%5D"));
        again[1].Kind.ShouldBe(FetchKind.Hit);
        // Among others it is told as the upstream tells it: the whole call fails.
        (again[2].Kind, again[2].Single!.Status, again[2].Items).ShouldBe((FetchKind.Hit, 400, null));
        world.Calls.Count.ShouldBe(calls + 1);
        await Task.Delay(TimeSpan.FromMinutes(1), world.Time);
        await world.Fetch("/list?symbol=X");
        world.Calls.Count.ShouldBe(calls + 2);
    });

    [Fact]
    public void A_map_gives_and_takes_bare_items_with_their_names_and_headers() => Run(async world =>
    {
        var one = await world.Fetch("/map?symbol=A");
        EngineWorld.Text(one).ShouldBe("""{"price":"63.80"}""");
        one.Single!.Headers.ShouldBeEmpty();
        var two = await world.Fetch("/map?symbol=A,B");
        world.Calls.Select(call => call.Target).ShouldBe(["/map?symbol=A", "/map?symbol=B"]);
        EngineWorld.Text(two).ShouldBe("""{"A":{"price":"63.80"},"B":{"price":"63.80"}}""");
        two.Items![0].Headers.ShouldContain(header => header.Name == "Is_batch");
    });

    [Fact]
    public void An_error_in_the_place_of_an_item_is_its_askers_alone_and_kept_as_unknown() => Run(async world =>
    {
        var answers = await Task.WhenAll(world.Fetch("/map?symbol=A,X"), world.Fetch("/map?symbol=B"));
        Written(answers[0]).ShouldBe("""{"A":{"price":"63.80"},"X":{"code":404,"message":"who"}}""");
        EngineWorld.Text(answers[1]).ShouldBe("""{"price":"63.80"}""");
        Written(await world.Fetch("/map?symbol=A,X")).ShouldContain("who");
        world.Calls.Count.ShouldBe(1);
        answers[0].Items![1].IsNegative.ShouldBeTrue();
    });

    [Fact]
    public void A_limit_answer_in_the_place_of_an_item_closes_the_limit_and_is_never_data() => Run(async world =>
    {
        var answers = await Task.WhenAll(world.Fetch("/map?symbol=A"), world.Fetch("/map?symbol=L"));
        EngineWorld.Text(answers[0]).ShouldBe("""{"price":"63.80"}""");
        answers[1].Refusal!.Kind.ShouldBe(RefusalKind.Limited);
        (await world.Fetch("/map?symbol=C")).Refusal!.Status.ShouldBe(429);
        world.Calls.Count.ShouldBe(1);
    });

    [Fact]
    public void Every_symbol_of_a_merged_call_costs_a_credit() => Run(async world =>
    {
        var asks = Enumerable.Range(0, 9).Select(i => world.Fetch($"/map?symbol=S{i}", deadline: TimeSpan.FromSeconds(5))).ToList();
        var answers = await Task.WhenAll(asks);
        answers.Count(answer => answer.Kind == FetchKind.Fetched).ShouldBe(8);
        answers.Count(answer => answer.Kind == FetchKind.Refused).ShouldBe(1);
        world.Calls.Count.ShouldBe(1);
    });

    private static void Run(Func<EngineWorld, Task> test)
    {
        var world = new EngineWorld(Answer, Yaml);
        world.Run(() => test(world));
    }

    private static string Written(FetchResult result) =>
        Encoding.UTF8.GetString(result.Items![0].Envelope!.Prefix.Span)
        + string.Join(',', result.Items!.Take(result.Count).Select(entry => Encoding.UTF8.GetString(entry.Body.Span)))
        + Encoding.UTF8.GetString(result.Items![0].Envelope!.Suffix.Span);

    private static TwinReply Answer(UpstreamCall call, DateTimeOffset at)
    {
        var target = TwinTarget.Parse(call.Target);
        if (target.Path == "/list" && call.Target.Contains('X', StringComparison.Ordinal))
        {
            return EngineWorld.Json("""{"code":-1121}""", 400);
        }

        if (target.Path == "/list")
        {
            return EngineWorld.Json(target.First("symbol") is { } alone ? Element(alone) : $"[{string.Join(',', target.First("symbols")!.Trim('[', ']').Split(',').Select(name => Element(name.Trim('"'))))}]");
        }

        var names = target.First("symbol")!.Split(',');
        return EngineWorld.Json(names is [var only] ? Member(only) : $"{{{string.Join(',', names.Select(name => $"\"{name}\":{Member(name)}"))}}}");
    }

    private static string Element(string name) => $$"""{"symbol":"{{name}}","price":"63.80"}""";

    private static string Member(string name) => name switch
    {
        "X" => """{"code":404,"message":"who"}""",
        "L" => """{"code":429}""",
        _ => """{"price":"63.80"}""",
    };
}
