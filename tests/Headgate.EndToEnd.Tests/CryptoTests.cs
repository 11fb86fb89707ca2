using System.Net;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests;

/// <summary>The crypto desk as its users run it: inside a gate, or as a process of its own.</summary>
public sealed class CryptoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_gate_with_a_crypto_desk_shows_it_over_http_by_the_names_its_users_know()
    {
        using var data = new TemporaryDirectory();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["HEADGATE_DESK__CRYPTO__SYMBOLS"] = "AVAX, BTC" };
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo", "--desk", "crypto"], settings);
        await gate.Process.UntilLineAsync("crypto: 2 symbols", Patience);

        var status = (await gate.AskAsync("/api/v1/desk/crypto")).Json;
        (status.GetProperty("running").GetBoolean(), status.GetProperty("strategy").GetString(), status.GetProperty("symbol_count").GetInt32()).ShouldBe((true, "NORMAL", 2));
        foreach (var member in (string[])["monitored_symbols", "api_budget", "active_tasks", "next_cycle_in"])
        {
            status.TryGetProperty(member, out _).ShouldBeTrue(member);
        }

        var caches = (await gate.AskAsync("/api/v1/desk/crypto/statistics")).Json;
        caches.GetProperty("cryptometer").EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "total_hits", "total_misses", "total_requests", "overall_hit_rate", "api_calls_saved", "rate_limit_blocks", "stale_served", "monitored_symbols", "symbols", "endpoint_statistics",
        ]);
        caches.GetProperty("kingfisher").EnumerateObject().Select(member => member.Name).ShouldBe(["hits", "misses", "updates", "evictions", "hit_rate", "total_requests", "active_schedules"]);

        (await gate.AskAsync("/api/v1/desk/crypto/avax-usdt")).Json.GetProperty("endpoints").GetArrayLength().ShouldBe(23 + 9);
        (await gate.AskAsync("/api/v1/desk/crypto/AVAX-BTC")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(gate, HttpMethod.Post, "ETH")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(gate, HttpMethod.Delete, "BTC")).ShouldBe(HttpStatusCode.OK);
        (await gate.AskAsync("/api/v1/desk/crypto")).Json.GetProperty("monitored_symbols").EnumerateArray().Select(symbol => symbol.GetString()).ShouldBe(["AVAX", "ETH"]);
        (await SendAsync(gate, HttpMethod.Delete, "cache?symbol=AVAX&endpoint=ls_ratio")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(gate, HttpMethod.Delete, "cache?endpoint=nothing")).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(gate, HttpMethod.Delete, "CACHE")).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(gate, HttpMethod.Delete, "cache?symbol=AVAX&all=true")).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(gate, HttpMethod.Delete, "CACHE-USDT")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(gate, HttpMethod.Delete, "cache?all=true")).ShouldBe(HttpStatusCode.OK);
        (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_gate_without_a_crypto_desk_says_so()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--offline"]);
        var answer = await gate.AskAsync("/api/v1/desk/crypto");
        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Body.ShouldContain("headgate serve --desk crypto");
    }

    [Fact]
    public async Task One_round_fetches_what_is_missing_with_the_key_its_users_have_and_leaves_no_watch_behind()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await TwinHost.StartAsync(new CryptometerTwin(new CryptometerOptions { Pairs = 50, Keys = ["own"] }), TimeProvider.System);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEADGATE_PROVIDERS__CRYPTOMETER__BASEURL"] = upstream.Address.GetLeftPart(UriPartial.Authority),
            ["CRYPTOMETER_API_KEY"] = "own",
            ["HEADGATE_DESK__CRYPTO__SYMBOLS"] = "AVAX",
            // One a second would make the test wait for it.
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__coin_info__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__cryptocurrency_info__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__coinlist__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__forex_rates__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__tickerlist_pro__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__ai_screener__GROUP"] = "none",
            ["HEADGATE_DESK__CRYPTO__ENDPOINTS__ai_screener_analysis__GROUP"] = "none",
        };
        var once = await ChildProcess.RunAsync(GateProcess.Executable, ["desk", "run", "crypto", "--once", "--data-dir", data.Path], Patience, settings);
        once.ExitCode.ShouldBe(0, once.ToString());
        once.Output.ShouldContain("crypto: 6 fresh, 0 stale, 0 missing");
        (upstream.Twin.Counters.Arrivals, upstream.Twin.Counters.Violations).ShouldBe((6, 0));

        await using var gate = await GateProcess.StartAsync(data.Path, ["--offline"]);
        (await gate.RunAsync("refresh", "status")).Output.ShouldNotContain("crypto cryptometer");
    }

    [Fact]
    public async Task Without_the_key_it_does_not_start_and_a_wrong_setting_is_told_by_its_place()
    {
        using var data = new TemporaryDirectory();
        var none = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CRYPTOMETER_API_KEY"] = null };
        var result = await ChildProcess.RunAsync(GateProcess.Executable, ["desk", "run", "crypto", "--once", "--data-dir", data.Path], Patience, none);
        result.ExitCode.ShouldBe(1, result.ToString());
        result.Error.ShouldContain("CRYPTOMETER_API_KEY");
        none["HEADGATE_DESK__CRYPTO__STRATEGY"] = "reckless";
        result = await ChildProcess.RunAsync(GateProcess.Executable, ["desk", "run", "crypto", "--once", "--data-dir", data.Path], Patience, none);
        result.Error.ShouldContain("desk:crypto:strategy is 'reckless'");
    }

    private static async Task<HttpStatusCode> SendAsync(GateProcess gate, HttpMethod method, string target)
    {
        using var request = new HttpRequestMessage(method, new Uri("/api/v1/desk/crypto/" + target, UriKind.Relative));
        using var response = await gate.Http.SendAsync(request);
        return response.StatusCode;
    }
}
