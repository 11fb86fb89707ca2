using System.Text;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.Tests.Catalogue;

/// <summary>Words of definitions that the quirks of single providers asked for.</summary>
public sealed class DefinitionWordTests
{
    private const string Chat = """
        provider: test
        baseUrl: https://api.test
        limits:
          bot: { permits: 30, per: 1s }
          chat: { permits: 1, per: 1s, scope: field chat_id }
          group: { permits: 20, per: 1m, scope: field chat_id, matching: '[-@].*' }
        defaultLimit: bot
        endpoints:
          - { name: method, match: 'ANY /{method}', limits: [bot, chat, group], cache: never }
        """;

    [Theory]
    [InlineData("/send?chat_id=5", "", "", "test.bot/- test.chat/5 ")]
    [InlineData("/send", "application/json", """{"text":"chat_id","chat_id":5}""", "test.bot/- test.chat/5 ")]
    [InlineData("/send", "application/json; charset=utf-8", """{"chat_id":"-100"}""", "test.bot/- test.chat/-100 test.group/-100")]
    [InlineData("/send", "application/x-www-form-urlencoded", "text=a+b&chat_id=%40news", "test.bot/- test.chat/@news test.group/@news")]
    [InlineData("/send", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n-7\r\n--x--", "test.bot/- test.chat/-7 test.group/-7")]
    [InlineData("/send", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"chat_id\"\r\n\r\n-7\r\n--x--", "test.bot/-  ")]
    [InlineData("/me", "application/json", "{\"chat_id\":", "test.bot/-  ")]
    [InlineData("/me", "", "", "test.bot/-  ")]
    public void A_limit_by_field_counts_by_its_value_wherever_clients_write_it_and_leaves_out_calls_without_it(string target, string type, string body, string keys)
    {
        var request = new ClientRequest { Method = "POST", Target = target, Headers = [new HeaderField("Content-Type", type)], Body = Encoding.UTF8.GetBytes(body), HasBody = body.Length > 0 };
        string.Join(' ', Definitions.Plan(Definitions.Load(Chat), request).LimitKeys).ShouldBe(keys);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("30", 4)]
    [InlineData("0", 4)]
    [InlineData("x", 4)]
    [InlineData(null, 4)]
    public void A_variable_lowers_a_limit_and_never_raises_it(string? value, long permits)
    {
        const string Yaml = "provider: test\nbaseUrl: http://x\nlimits: { a: { permits: 4, per: 1s, lowered: AV_QPS } }";
        CatalogueLoader.Load([new CatalogueFile("x.yaml", Yaml)], name => name is "AV_QPS" ? value : null).Find("test")!.Limits["a"].Permits.ShouldBe(permits);
    }

    [Theory]
    [InlineData("/depth", "depth")]
    [InlineData("/depth?symbol=A", "depth")]
    [InlineData("/depth?symbol=A&limit=100", "depth-100")]
    [InlineData("/depth?limit=7", "depth-any")]
    public void A_route_can_ask_for_the_absence_of_a_parameter(string target, string endpoint)
    {
        var provider = Definitions.WithEndpoints("""
              - { name: depth, match: GET /depth?!limit }
              - { name: depth-100, match: GET /depth?limit=100 }
              - { name: depth-any, match: GET /depth }
            """);
        Definitions.Plan(provider, Definitions.Get(target)).Endpoint.Name.ShouldBe(endpoint);
    }

    [Theory]
    [InlineData("""{"c":0,"t":0}""", OutcomeKind.NotFound)]
    [InlineData("""{"c":10,"t":0}""", OutcomeKind.Success)]
    [InlineData("""{"q":{}}""", OutcomeKind.Permanent)]
    [InlineData("""{"q":{"a":1},"c":1}""", OutcomeKind.Success)]
    [InlineData("{}", OutcomeKind.Plan)]
    [InlineData("""{"d":1}""", OutcomeKind.Malformed)]
    public void Rules_can_ask_for_equality_and_emptiness_and_an_endpoint_for_its_members(string body, OutcomeKind expected)
    {
        var provider = Definitions.WithEndpoints("  - { name: a, match: GET /a, required: c, contentTypes: application/json }", """
            errors:
              - { json: { c: '=0', t: '=0' }, as: notFound }
              - { json: { q: '={}' }, as: permanent }
              - { json: { $: '={}' }, as: plan }
            """);
        OutcomeClassifier.Classify(provider, provider.Endpoints[0], 200, [], Encoding.UTF8.GetBytes(body), default).Kind.ShouldBe(expected);
    }

    [Fact]
    public void A_list_asked_whole_is_charged_as_its_dearest_call()
    {
        var provider = Definitions.WithEndpoints("  - { name: a, match: GET /a, cost: { steps: { 20: 2, 100: 4, 5000: 5 } }, batch: { parameter: s, style: comma, max: 20, items: $ } }");
        Definitions.Plan(provider, Definitions.Get("/a")).Endpoint.Cost.For(1).ShouldBe(5);
    }

    [Fact]
    public void What_cannot_work_is_refused_with_place_and_reason() =>
        Definitions.Errors("""
            provider: test
            baseUrl: http://x
            limits: { a: { permits: 1, per: 1s, matching: x } }
            endpoints:
              - { name: b, match: GET /b, cost: 2, batch: { parameter: s, single: s, style: comma, max: 2, items: $.data } }
            """).ShouldBe(
            [
                "test.yaml:3: limits.a.matching needs scope: field NAME",
                "test.yaml:5: endpoints.b.batch.single needs items at the root ($ or $[].field) and a style of the query",
                "test.yaml:5: endpoints.b.batch.single needs missing: malformed, because nothing can stand for one item alone that is left out",
                "test.yaml:5: endpoints.b.cost is 2 for one item; expected at most the 1 permits of a",
            ]);

    [Theory]
    [InlineData("alphavantage", "AV_QPS", "4", 1)]
    [InlineData("finnhub", "FH_QPS", "1", 1)]
    [InlineData("finnhub", "FH_QPS", "500", 30)]
    [InlineData("finnhub", "FH_QPS", "many", 30)]
    public void A_rate_of_the_systems_replaced_may_lower_a_shipped_limit_and_never_raise_it(string provider, string variable, string value, long permits) =>
        CatalogueLoader.LoadShipped(variable: name => name == variable ? value : null).Providers[provider].Limits["second"].Permits.ShouldBe(permits);
}
