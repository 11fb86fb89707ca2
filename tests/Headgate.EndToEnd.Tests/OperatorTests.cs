using System.Net;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>What an operator does to a running gate with the command and over its API.</summary>
public sealed class OperatorTests
{
    private const string Quotes = "/kite/quote?i=NSE:INFY&i=NSE:TCS";

    [Fact]
    public async Task The_cache_is_listed_shown_exported_and_removed_and_what_is_removed_is_fetched_again()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        (await gate.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);

        var listed = (await gate.JsonOfAsync("cache", "ls", "kite")).GetProperty("entries").EnumerateArray().ToList();
        listed.Select(entry => entry.GetProperty("item").GetString()).ShouldBe(["NSE:INFY", "NSE:TCS"], ignoreOrder: true);
        (await gate.JsonOfAsync("cache", "ls", "kite.quote", "--contains", "TCS")).GetProperty("entries").GetArrayLength().ShouldBe(1);
        (await gate.JsonOfAsync("cache", "ls", "coinbase")).GetProperty("entries").GetArrayLength().ShouldBe(0);
        (await gate.JsonOfAsync("cache", "show", "kite.quote", "NSE:INFY")).GetProperty("body").GetString().ShouldNotBeNull().ShouldStartWith("\"NSE:INFY\":{");
        (await gate.RunAsync("cache", "show", "kite.quote", "NSE:NOBODY")).ExitCode.ShouldBe(4);

        var export = await gate.RunAsync("cache", "export", "kite");
        export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("endpoint").GetString())
            .ShouldBe(["kite.quote", "kite.quote"]);

        (await gate.JsonOfAsync("cache", "rm", "kite.quote", "NSE:INFY")).GetProperty("removed").GetInt32().ShouldBe(1);
        var offline = await gate.AskAsync(Quotes, KiteUpstream.Credential, ("Cache-Control", "only-if-cached"));
        offline.Status.ShouldBe(HttpStatusCode.GatewayTimeout, "one of the two was removed");
        (await gate.JsonOfAsync("cache", "prune")).GetProperty("removed").GetInt32().ShouldBe(0, "nothing is beyond its stale ceiling");
        (await gate.JsonOfAsync("cache", "prune", "--older-than", "0")).GetProperty("removed").GetInt32().ShouldBe(1);
        (await gate.RunAsync("cache", "rm")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Candle_series_are_listed_shown_removed_and_pruned_like_entries()
    {
        using var data = new TemporaryDirectory();
        await using var kite = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(kite.Address));
        var token = kite.Tokens(1)[0];
        var week = $"/kite/instruments/historical/{token}/day?from=2026-11-09+00:00:00&to=2026-11-13+23:59:59";
        (await gate.AskAsync(week, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        var series = (await gate.JsonOfAsync("cache", "ls", "kite.historical")).GetProperty("series").EnumerateArray().ShouldHaveSingleItem();
        series.GetProperty("item").GetString().ShouldBe($"/instruments/historical/{token}/day");
        (series.GetProperty("rows").GetInt32(), series.GetProperty("gaps").GetInt32()).ShouldBe((5, 0));
        series.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
        (await gate.RunAsync("cache", "ls", "kite")).Output.ShouldContain("candles of");
        (await gate.JsonOfAsync("cache", "show", "kite.historical", $"/instruments/historical/{token}/day")).GetProperty("body").GetString().ShouldNotBeNull().Split('\n').Length.ShouldBe(5);
        (await gate.JsonOfAsync("cache", "prune", "--older-than", "3600")).GetProperty("series").GetInt32().ShouldBe(0);
        (await gate.RunAsync("cache", "rm", "kite.historical")).Output.ShouldContain("1 candle series removed");
        var calls = kite.Counts.Arrivals;
        (await gate.AskAsync(week, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        kite.Counts.Arrivals.ShouldBe(calls + 1);
        (await gate.JsonOfAsync("cache", "prune", "--older-than", "0")).GetProperty("series").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_call_is_explained_and_targets_are_fetched_ahead_with_the_gate_s_own_secret()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        var environment = GateProcess.Upstream(upstream.Address);
        environment["HEADGATE_SECRETS__KITE_AUTHORIZATION"] = KiteUpstream.Credential["token ".Length..];
        environment["QUOTE_CACHE_TTL_SECONDS"] = "3600"; // The gate runs on the real clock, and in the session a quote would be good for a second.
        await using var gate = await GateProcess.StartAsync(data.Path, [], environment);

        var warmed = await gate.JsonOfAsync("cache", "warm", "kite/quote?i=NSE:INFY");
        warmed.GetProperty("results")[0].GetProperty("result").GetString().ShouldBe("fetched");
        var refused = await gate.RunAsync("cache", "warm", "kite/orders", "nobody/x", "--json");
        refused.ExitCode.ShouldBe(1);
        JsonDocument.Parse(refused.Output).RootElement.GetProperty("results").EnumerateArray().ShouldAllBe(result => result.GetProperty("result").GetString() == "refused");

        var call = await gate.JsonOfAsync("call", "kite/quote?i=NSE:INFY", "-H", "Cache-Control: max-age=3600");
        call.GetProperty("status").GetInt32().ShouldBe(200);
        call.GetProperty("cacheStatus").GetString().ShouldNotBeNull().ShouldContain("hit");
        call.GetProperty("explanation").GetProperty("steps")[0].GetProperty("decision").GetString().ShouldBe("hit");
        upstream.Counts.ArrivalsByClass["quote"].ShouldBe(1);
        var text = await gate.RunAsync("call", "kite/quote?i=NSE:INFY", "-H", "Cache-Control: max-age=3600");
        text.Output.ShouldContain("cache-status");
        text.Output.ShouldContain("nothing was sent");
    }

    [Fact]
    public async Task A_mode_holds_at_once_and_after_kill_minus_9_and_the_kill_switch_bypasses_the_gate()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            (await gate.JsonOfAsync("mode")).EnumerateArray().First().GetProperty("mode").GetString().ShouldBe("on");
            (await gate.JsonOfAsync("mode", "kite", "bypass")).EnumerateArray().ShouldContain(mode => mode.ToString().Contains("bypass"));
            (await gate.RunAsync("mode", "nobody", "bypass")).ExitCode.ShouldBe(4);
            (await gate.RunAsync("mode", "kite", "sideways")).ExitCode.ShouldBe(2);
            gate.KillHard();
        }

        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            await TwiceAsync(gate, arrivals: 2);
            await gate.JsonOfAsync("mode", "kite", "unset");
            upstream.Twin.Reset();
            await TwiceAsync(gate, arrivals: 1);
            await gate.TerminateAsync();
        }

        var environment = GateProcess.Upstream(upstream.Address);
        environment["ENABLE_API_COORDINATOR"] = "false";
        await using var bypassed = await GateProcess.StartAsync(data.Path, [], environment);
        (await bypassed.JsonOfAsync("mode")).EnumerateArray().First().GetProperty("mode").GetString().ShouldBe("bypass");
        upstream.Twin.Reset();
        await TwiceAsync(bypassed, arrivals: 2);

        async Task TwiceAsync(GateProcess gate, int arrivals)
        {
            (await gate.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
            (await gate.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
            upstream.Counts.ArrivalsByClass["quote"].ShouldBe(arrivals);
            upstream.Counts.Violations.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Savings_survive_kill_minus_9_up_to_the_last_flush_and_grow_across_lives()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            for (var i = 0; i < 5; i++)
            {
                await gate.AskAsync(Quotes, KiteUpstream.Credential);
            }

            // Asking for the sums flushes them.
            var first = await gate.JsonOfAsync("stats", "--days", "1");
            first.GetProperty("asked").GetInt64().ShouldBe(5);
            first.GetProperty("calls").GetInt64().ShouldBe(1);
            first.GetProperty("saved").GetInt64().ShouldBe(4);
            gate.KillHard();
        }

        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            await gate.AskAsync(Quotes, KiteUpstream.Credential);
            await gate.TerminateAsync();
        }

        await using var last = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        var sums = await last.JsonOfAsync("stats", "--days", "7");
        sums.GetProperty("asked").GetInt64().ShouldBe(6, "the stop flushed the last one");
        sums.GetProperty("direct").GetInt64().ShouldBe(6);
        sums.GetProperty("daily")[0].GetProperty("endpoint").GetString().ShouldBe("kite.quote");
        (await last.RunAsync("stats", "--days", "0")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Another_upstream_on_the_same_data_directory_serves_none_of_the_first_one_s_prices()
    {
        using var data = new TemporaryDirectory();
        await using var twin = await KiteUpstream.ClosedMarketAsync();
        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(twin.Address)))
        {
            await gate.AskAsync(Quotes, KiteUpstream.Credential);
            await gate.TerminateAsync();
        }

        await using var other = await KiteUpstream.ClosedMarketAsync();
        await using var moved = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(other.Address));
        (await moved.JsonOfAsync("cache", "ls", "kite")).GetProperty("entries").GetArrayLength().ShouldBe(0);
        (await moved.AskAsync(Quotes, KiteUpstream.Credential)).Status.ShouldBe(HttpStatusCode.OK);
        other.Counts.ArrivalsByClass["quote"].ShouldBe(1);
        (await moved.TerminateAsync()).Error.ShouldContain("The address of kite is not the one its stored entries came from");
    }

    [Fact]
    public async Task Offline_it_serves_what_it_holds_and_calls_nobody()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using (var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address)))
        {
            await gate.AskAsync(Quotes, KiteUpstream.Credential);
            await gate.TerminateAsync();
        }

        upstream.Twin.Reset();
        await using var offline = await GateProcess.StartAsync(data.Path, ["--offline"], GateProcess.Upstream(upstream.Address));
        var held = await offline.AskAsync(Quotes, KiteUpstream.Credential);
        held.Status.ShouldBe(HttpStatusCode.OK, held.ToString());
        var unknown = await offline.AskAsync("/kite/quote?i=NSE:WIPRO", KiteUpstream.Credential);
        unknown.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        unknown.Json.GetProperty("type").GetString().ShouldBe("urn:headgate:problem:offline");
        upstream.Counts.Arrivals.ShouldBe(0);
    }

    [Fact]
    public async Task The_log_phrases_of_the_monitors_carry_true_counts()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        var environment = GateProcess.Upstream(upstream.Address);
        environment["HEADGATE_LOGGING__LOGLEVEL__Headgate.Coordinator"] = "Debug";
        await using var gate = await GateProcess.StartAsync(data.Path, [], environment);
        await gate.AskAsync(Quotes, KiteUpstream.Credential);
        await gate.AskAsync(Quotes, KiteUpstream.Credential, ("Cache-Control", "max-age=60"));
        await gate.AskAsync(Quotes + "&i=NSE:NO-SUCH-SHARE", KiteUpstream.Credential, ("Cache-Control", "max-age=60"));

        var log = (await gate.TerminateAsync()).Error;

        log.ShouldContain("API Coordinator enabled");
        log.ShouldContain("API Coordinator singleton created");
        log.ShouldContain("Cache MISS: 2 of 2 quotes");
        log.ShouldMatch(@"Fetched 2 quotes in \d+\.\d\ds \(1 API calls\)");
        log.ShouldContain("Successfully fetched prices for 2/2 stocks via API Coordinator");
        log.ShouldContain("Cache HIT: 2 quotes");
        log.ShouldContain("Cache MISS: 1 of 3 quotes");
        log.ShouldContain("Successfully fetched prices for 2/3 stocks via API Coordinator");
        upstream.Counts.ArrivalsByClass["quote"].ShouldBe(2, "as many as the log says");
    }

    [Fact]
    public async Task The_description_names_every_path_and_the_page_loads_nothing_from_elsewhere()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));

        var paths = (await gate.AskAsync("/openapi/v1.json")).Json.GetProperty("paths");
        foreach (var path in (string[])["providers", "budgets", "budgets/{limit}", "stats", "cache", "cache/entry", "cache/export", "cache/prune", "cache/warm", "savings", "mode", "explain/{requestId}", "events"])
        {
            paths.TryGetProperty($"/api/v1/gate/{path}", out var described).ShouldBeTrue(path);
            described.EnumerateObject().First().Value.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(path);
        }

        var page = await gate.AskAsync("/docs");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldNotContain("http://");
        page.Body.ShouldNotContain("https://");
        page.Body.ShouldContain("/openapi/v1.json");
    }
}
