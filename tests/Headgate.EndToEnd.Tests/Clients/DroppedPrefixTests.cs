using System.Net;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests.Clients;

/// <summary>
/// A client that drops a path prefix: pykiteconnect joins its root and each route with urljoin, so that <c>http://gate/kite</c> and <c>/quote</c> become
/// <c>http://gate/quote</c>. It is given an address of its own, with the provider at <c>/</c>.
/// </summary>
public sealed class DroppedPrefixTests
{
    [Theory]
    [InlineData("/quote?i=NSE:INFY&i=NSE:TCS", "GET")]
    [InlineData("/quote/ltp?i=NSE%3AINFY", "GET")]
    [InlineData("/user/profile", "GET")]
    [InlineData("/orders", "GET")]
    [InlineData("/session/token", "POST")]
    public async Task On_an_address_of_its_own_the_provider_answers_as_directly(string route, string method)
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        var root = new Uri($"http://127.0.0.1:{FreePorts.Take()}/kite/");
        var environment = GateProcess.Upstream(upstream.Address);
        environment["HEADGATE_PROVIDERS__KITE__LISTEN"] = root.GetLeftPart(UriPartial.Authority);
        await using var gate = await GateProcess.StartAsync(data.Path, [], environment);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

        var direct = await AskAsync(client, new Uri(upstream.Address, route), method);
        await Task.Delay(TimeSpan.FromMilliseconds(1_100), TimeProvider.System);
        var gated = await AskAsync(client, new Uri(root, route), method);

        gated.ShouldBe(direct);
        (await AskAsync(client, new Uri(gate.Address, route), method)).Status.ShouldBe(HttpStatusCode.NotFound, "the main address knows providers by their prefix only");
        upstream.Counts.Violations.ShouldBe(0);
        upstream.Counts.Arrivals.ShouldBe(2);
    }

    [Fact]
    public async Task The_address_of_a_provider_serves_neither_another_provider_nor_the_gate_s_own_pages()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        var root = new Uri($"http://127.0.0.1:{FreePorts.Take()}");
        var environment = GateProcess.Upstream(upstream.Address);
        environment["HEADGATE_PROVIDERS__KITE__LISTEN"] = root.GetLeftPart(UriPartial.Authority);
        await using var gate = await GateProcess.StartAsync(data.Path, [], environment);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        foreach (var path in (string[])["/coinbase/products", "/api/v1/gate/budgets", "/metrics"])
        {
            // They are paths of Kite there, and Kite does not know them.
            (await AskAsync(client, new Uri(root, path), "GET")).Status.ShouldNotBe(HttpStatusCode.OK, path);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, Uri address, string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        // As pykiteconnect sends them.
        request.Headers.TryAddWithoutValidation("X-Kite-Version", "3");
        request.Headers.TryAddWithoutValidation("User-Agent", "Kiteconnect-python/5.0.1");
        request.Headers.TryAddWithoutValidation("Authorization", KiteUpstream.Credential);
        request.Content = method is "POST" ? new FormUrlEncodedContent([KeyValuePair.Create("api_key", "demo"), KeyValuePair.Create("request_token", "x"), KeyValuePair.Create("checksum", "y")]) : null;
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
