namespace Headgate.Tests.Engine;

public sealed class NegativeTests
{
    private const string Yaml = """
        provider: test
        baseUrl: http://upstream.test
        identity: { from: header Authorization }
        limits: { all: { permits: 100, per: 1s } }
        endpoints:
          - { name: item, match: 'GET /item/{id}', freshness: { ttl: 10s, negative: 10s } }
        errors:
          - { status: 200, json: { nothing: true }, as: notFound }
        """;

    [Theory]
    [InlineData(200, 1)]
    [InlineData(404, 2)]
    public void A_not_found_with_a_good_status_proves_the_credential_and_is_remembered_for_it(int status, int calls)
    {
        var world = new EngineWorld((_, _) => EngineWorld.Json("""{"nothing":1}""", status), Yaml);
        world.Run(async () =>
        {
            var first = await world.Fetch("/item/x");
            first.Single!.Status.ShouldBe(status);
            (await world.Fetch("/item/x")).Single!.IsNegative.ShouldBeTrue();
            world.Calls.Count.ShouldBe(calls);
        });
    }
}
