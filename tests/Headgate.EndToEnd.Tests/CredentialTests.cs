using System.Net;
using System.Text;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Upstreams.Kite;

namespace Headgate.EndToEnd.Tests;

/// <summary>What callers show the gate goes upstream and nowhere else.</summary>
public sealed class CredentialTests
{
    // Long and odd enough that finding one of them is no accident.
    private const string ApiKey = "kq7vfindmehdr";
    private const string AccessToken = "tq7vfindmehdr";
    private const string QueryKey = "kq7vfindmequery";
    private const string PathToken = "1234567:kq7vfindmepath";
    private const string Mark = "q7vfindme";

    [Fact]
    public async Task Credentials_are_in_no_file_log_metric_or_report()
    {
        using var data = new TemporaryDirectory();
        await using var kite = await KiteUpstream.OpenMarketAsync(new KiteAccount(ApiKey, AccessToken, "DM0001"));
        await using var others = await CountingUpstream.StartAsync();
        using var catalogue = new TemporaryDirectory();
        await File.WriteAllTextAsync(catalogue.File("others.yaml"), Definitions(others.Address));

        var reports = new StringBuilder();
        await using (var gate = await GateProcess.StartAsync(data.Path, ["--catalogue", catalogue.Path], GateProcess.Upstream(kite.Address)))
        {
            var quote = await gate.AskAsync("/kite/quote?i=NSE:INFY", $"token {ApiKey}:{AccessToken}");
            quote.Status.ShouldBe(HttpStatusCode.OK, quote.ToString());
            (await gate.AskAsync("/kite/user/profile", $"token {ApiKey}:{AccessToken}")).Status.ShouldBe(HttpStatusCode.OK);
            (await gate.AskAsync("/kite/user/profile", $"token {ApiKey}:wrong-{AccessToken}")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await gate.AskAsync($"/by-query/quote?symbol=IBM&apikey={QueryKey}")).Status.ShouldBe(HttpStatusCode.OK);
            (await gate.AskAsync($"/by-path/bot{PathToken}/getMe")).Status.ShouldBe(HttpStatusCode.OK);
            others.Targets.ShouldContain(target => target.Contains(QueryKey, StringComparison.Ordinal));
            others.Targets.ShouldContain(target => target.Contains(PathToken, StringComparison.Ordinal));

            foreach (var page in new[] { "/metrics", "/api/v1/gate/stats", "/api/v1/gate/budgets", "/" })
            {
                reports.AppendLine((await gate.AskAsync(page)).Body);
            }

            reports.AppendLine((await gate.RunAsync("explain", quote.Header("Headgate-Request-Id").ShouldNotBeNull())).ToString());
            reports.AppendLine((await gate.RunAsync("stats")).ToString());
            reports.AppendLine((await gate.TerminateAsync()).ToString());
        }

        reports.ToString().ShouldNotContain(Mark);
        var files = Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).ToList();
        files.ShouldNotBeEmpty();
        files.Where(Holds).ShouldBeEmpty();
    }

    // The two other places where providers take credentials: Alpha Vantage's query, Telegram's path.
    private static string Definitions(Uri upstream) => $$"""
        provider: by-query
        baseUrl: {{upstream.GetLeftPart(UriPartial.Authority)}}
        identity: { from: query apikey }
        limits: { all: { permits: 10, per: 1s, scope: limitKey } }
        endpoints:
          - { name: quote, match: GET /quote, freshness: 1m }
        ---
        provider: by-path
        baseUrl: {{upstream.GetLeftPart(UriPartial.Authority)}}
        identity: { from: path token }
        limits: { all: { permits: 10, per: 1s, scope: limitKey } }
        endpoints:
          - { name: method, match: 'GET /{token}/{method}', scope: account, freshness: 1m }
        """;

    private static bool Holds(string file)
    {
        var bytes = File.ReadAllBytes(file).AsSpan();
        return bytes.IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(Mark)) >= 0;
    }
}
