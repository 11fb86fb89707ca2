using Headgate.Upstreams.Providers;

namespace Headgate.Tests.Providers;

/// <summary>Coinbase Advanced Trade: a token for every request, whose subject is the key.</summary>
public sealed class SignedTokenTests
{
    private const string Path = "/api/v3/brokerage/best_bid_ask";

    private static readonly CoinbaseAdvancedKey Key = new("organizations/1/apiKeys/a");
    private static readonly CoinbaseAdvancedKey Other = new("organizations/1/apiKeys/b");

    private static readonly ProviderCase Case = new("coinbase-advanced", () => new CoinbaseAdvancedTwin([Key, Other])) { Credential = "header Authorization Bearer", Good = Path + "?product_ids={0}", Says = "" };

    [Fact]
    public void Tokens_of_one_key_share_answers_and_limits_and_another_key_proves_itself_first() => new ProviderWorld(Case).Run(async world =>
    {
        (await world.Get(Case.For("BTC-USD"), Token(world, Key))).Status.ShouldBe(200);
        (await world.Get(Case.For("BTC-USD"), Token(world, Key))).Kind.ShouldBe(FetchKind.Hit);
        (await world.Get(Case.For("BTC-USD"), Token(world, Other))).Kind.ShouldBe(FetchKind.Fetched);
        world.Arrivals.ShouldBe(2);
        var asked = Enumerable.Range(0, 40).Select(i => world.Write("GET", "/api/v3/brokerage/orders/historical/batch", "", key: Token(world, i % 2 == 0 ? Key : Other, "/api/v3/brokerage/orders/historical/batch"))).ToList();
        foreach (var seen in asked)
        {
            (await seen).Status.ShouldBe(404);
        }

        world.Twin.Counters.Violations.ShouldBe(0);
    });

    [Fact]
    public void Asks_of_one_key_made_at_once_travel_in_one_call_although_each_is_signed_anew() => new ProviderWorld(Case).Run(async world =>
    {
        var seen = await Task.WhenAll(new[] { "BTC-USD", "ETH-USD", "SOL-USD" }.Select(product => world.Get(Case.For(product), Token(world, Key))));
        seen.ShouldAllBe(answer => answer.Status == 200);
        world.Arrivals.ShouldBe(1);
    });

    [Fact]
    public void A_token_signed_for_the_gates_own_host_or_two_minutes_old_is_refused_upstream() => new ProviderWorld(Case).Run(async world =>
    {
        var forGate = Key.Token("GET", "127.0.0.1:7070", Path, world.Time.GetUtcNow());
        (await world.Get(Case.For("BTC-USD"), forGate)).Status.ShouldBe(401);
        var old = Token(world, Key);
        await Task.Delay(TimeSpan.FromSeconds(121), world.Time);
        (await world.Get(Case.For("BTC-USD"), old)).Status.ShouldBe(401);
        (await world.Get(Case.For("BTC-USD"), Token(world, Key))).Status.ShouldBe(200);
    });

    private static string Token(ProviderWorld world, CoinbaseAdvancedKey key, string path = Path) => key.Token("GET", CoinbaseAdvancedTwin.Host, path, world.Time.GetUtcNow());
}
