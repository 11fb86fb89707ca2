using System.Net;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>Commands on the files of a gate that does not run.</summary>
public sealed class RestingGateTests
{
    private const string Quotes = "/kite/quote?i=NSE:INFY&i=NSE:TCS";

    [Fact]
    public async Task The_cache_is_listed_shown_exported_and_removed_while_no_gate_runs_and_the_rest_is_served_by_the_next()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        (await gate.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        await gate.TerminateAsync();

        // The commands run without the gate's settings: to them Kite has another address, and nothing is dropped for it.
        var listed = (await gate.JsonOfAsync("cache", "ls", "kite")).GetProperty("entries").EnumerateArray().ToList();
        listed.Select(entry => entry.GetProperty("item").GetString()).ShouldBe(["NSE:INFY", "NSE:TCS"], ignoreOrder: true);
        (await gate.JsonOfAsync("cache", "show", "kite.quote", "NSE:INFY")).GetProperty("body").GetString().ShouldNotBeNull().ShouldStartWith("\"NSE:INFY\":{");
        (await gate.RunAsync("cache", "show", "kite.quote", "NSE:NOBODY")).ExitCode.ShouldBe(4);
        (await gate.RunAsync("cache", "export", "kite")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        (await gate.JsonOfAsync("cache", "prune")).GetProperty("removed").GetInt32().ShouldBe(0);
        (await gate.JsonOfAsync("cache", "rm", "kite.quote", "NSE:INFY")).GetProperty("removed").GetInt32().ShouldBe(1);
        (await gate.JsonOfAsync("cache", "ls", "kite")).GetProperty("entries").GetArrayLength().ShouldBe(1);
        (await gate.RunAsync("cache", "warm", "kite/quote?i=NSE:INFY")).ExitCode.ShouldBe(3, "fetching needs a gate that runs");

        await using var next = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        var kept = await next.AskAsync("/kite/quote?i=NSE:TCS", KiteUpstream.Credential, ("Cache-Control", "only-if-cached, max-stale=600"));
        kept.Status.ShouldBe(HttpStatusCode.OK, kept.ToString());
        (await next.AskAsync("/kite/quote?i=NSE:INFY", KiteUpstream.Credential, ("Cache-Control", "only-if-cached, max-stale=600"))).Status.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Budgets_and_the_sums_of_days_are_told_from_the_ledger_after_a_kill()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        (await gate.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        gate.KillHard();
        await gate.Process.WaitAsync(TimeSpan.FromSeconds(20));

        var budgets = await gate.RunAsync("budget", "--json");
        budgets.ExitCode.ShouldBe(0, budgets.ToString());
        JsonDocument.Parse(budgets.Output).RootElement.EnumerateArray().ShouldContain(budget => budget.GetProperty("limit").GetString()!.StartsWith("kite.", StringComparison.Ordinal));
        (await gate.JsonOfAsync("stats", "--days", "1")).GetProperty("calls").GetInt64().ShouldBe(1);
        var since = await gate.RunAsync("stats");
        since.ExitCode.ShouldBe(3, "counts since the start ended with the process");
    }
}
