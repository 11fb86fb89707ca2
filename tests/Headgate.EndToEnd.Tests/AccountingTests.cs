using System.Net;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>What the gate says it did is what the upstream saw.</summary>
public sealed class AccountingTests
{
    [Fact]
    public async Task Stats_agree_with_the_upstream_s_own_counters_to_the_call()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.OpenMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));

        string[] targets =
        [
            "/kite/quote?i=NSE:INFY", "/kite/quote?i=NSE:INFY&i=NSE:TCS", "/kite/quote?i=NSE:TCS&i=NSE:RELIANCE", "/kite/quote/ltp?i=NSE:INFY",
            "/kite/quote/ohlc?i=NSE:SBIN", "/kite/user/profile", "/kite/instruments/historical/408065/day?from=2026-10-01&to=2026-11-01",
        ];
        for (var round = 0; round < 4; round++)
        {
            var answers = await Task.WhenAll(targets.Select(target => gate.AskAsync(target, KiteUpstream.Credential)));
            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        }

        var stats = await gate.JsonOfAsync("stats");
        var endpoints = stats.GetProperty("endpoints").EnumerateArray().ToList();
        var counts = upstream.Counts;
        endpoints.Sum(endpoint => endpoint.GetProperty("calls").GetInt64()).ShouldBe(counts.Arrivals);
        endpoints.Sum(endpoint => endpoint.GetProperty("demands").GetInt64()).ShouldBe(targets.Length * 4);
        endpoints.Sum(endpoint => endpoint.GetProperty("limitedByUpstream").GetInt64()).ShouldBe(0);
        counts.Violations.ShouldBe(0);
        counts.Arrivals.ShouldBeLessThan(targets.Length * 4);
    }

    [Fact]
    public async Task A_request_can_be_explained_by_the_id_it_was_given()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.OpenMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        var answer = await gate.AskAsync("/kite/quote?i=NSE:INFY", KiteUpstream.Credential, ("Headgate-Client", "explained"));

        var explanation = await gate.JsonOfAsync("explain", answer.Header("Headgate-Request-Id").ShouldNotBeNull());

        explanation.GetProperty("client").GetString().ShouldBe("explained");
        explanation.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("decision").GetString()).ShouldContain("sent");
    }

    [Fact]
    public async Task A_budget_can_be_asked_without_spending_it()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.OpenMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        (await gate.AskAsync("/kite/user/profile", KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        var arrivals = upstream.Counts.Arrivals;

        var budgets = await gate.JsonOfAsync("budget");
        var asked = await gate.RunAsync("budget", "--ask", "kite.historical");

        budgets.EnumerateArray().ShouldNotBeEmpty();
        asked.ExitCode.ShouldBe(0, asked.ToString());
        upstream.Counts.Arrivals.ShouldBe(arrivals);
    }
}
