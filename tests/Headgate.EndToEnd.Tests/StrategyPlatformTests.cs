using System.Net;
using System.Text;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>The strategy platform in the running gate, as users of the replaced one call it.</summary>
public sealed class StrategyPlatformTests
{
    // The replaced platform's own example, with the filter of the synthetic data.
    private const string Example = """
        {
          "strategy_name": "call_sell_future_buy_weekly",
          "parameters": { "spot_adjustment_type": 0, "spot_adjustment": 1.0, "call_sell_position": 0.0, "symbol": "NIFTY", "filter": "demo" },
          "user_id": "system",
          "use_cache": true,
          "async_execution": false
        }
        """;

    [Fact]
    public async Task The_examples_of_the_replaced_platform_run_unchanged()
    {
        using var data = new TemporaryDirectory();
        await ImportDemoAsync(data.Path, 90);
        await using var gate = await GateProcess.StartAsync(data.Path, []);

        (await gate.AskAsync("/health")).Json.GetProperty("status").GetString().ShouldBe("healthy");
        (await gate.AskAsync("/api/v1/strategies")).Json.EnumerateArray().Select(strategy => strategy.GetProperty("name").GetString()).ShouldContain("call_sell_future_buy_t2");
        (await gate.AskAsync("/api/v1/strategies/nope")).Json.GetProperty("detail").GetString().ShouldBe("Strategy 'nope' not found");

        var first = await PostAsync(gate, "/api/v1/execute", Example);
        first.GetProperty("status").GetString().ShouldBe("completed");
        first.GetProperty("cached").GetBoolean().ShouldBeFalse();
        var again = await PostAsync(gate, "/api/v1/execute", Example);
        again.GetProperty("cached").GetBoolean().ShouldBeTrue();
        again.GetProperty("execution_id").GetInt64().ShouldBe(first.GetProperty("execution_id").GetInt64());
        var execution = (await gate.AskAsync($"/api/v1/executions/{first.GetProperty("execution_id")}")).Json;
        execution.GetProperty("row_count").GetInt32().ShouldBeGreaterThan(5);
        execution.GetProperty("data")[0].TryGetProperty("Net P&L", out _).ShouldBeTrue();

        var metrics = (await gate.AskAsync("/api/v1/metrics")).Json;
        metrics.GetProperty("overall").GetProperty("cache_hits").GetInt64().ShouldBe(1);
        (await gate.AskAsync("/api/v1/cache/stats")).Json.GetProperty("total_cached_entries").GetInt64().ShouldBe(1);
        (await gate.AskAsync("/api/v1/cache/health")).Json.GetProperty("status").GetString().ShouldBe("healthy");
        (await PostAsync(gate, "/api/v1/cache/invalidate", "")).GetProperty("deleted_entries").GetInt64().ShouldBe(1);

        // The gate's own answers stay where they were.
        (await gate.AskAsync("/")).Status.ShouldBe(HttpStatusCode.OK);
        (await gate.AskAsync("/metrics")).Body.ShouldContain("# TYPE");
        (await gate.AskAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Jobs_are_queued_followed_and_kept_over_a_restart()
    {
        using var data = new TemporaryDirectory();
        await ImportDemoAsync(data.Path, 60);
        string id;
        await using (var gate = await GateProcess.StartAsync(data.Path, []))
        {
            var queued = await PostAsync(gate, "/api/v1/execute", Example.Replace("\"async_execution\": false", "\"async_execution\": true", StringComparison.Ordinal));
            queued.GetProperty("execution_id").GetInt64().ShouldBe(0);
            id = queued.GetProperty("job_id").GetString()!;
            (await CompletedAsync(gate, id)).GetProperty("progress").GetProperty("percent").GetDecimal().ShouldBe(100);
            (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
        }

        await using var next = await GateProcess.StartAsync(data.Path, []);
        (await next.JsonOfAsync("jobs", "show", id)).GetProperty("result").GetProperty("status").GetString().ShouldBe("SUCCESS");
        (await next.AskAsync("/api/v1/jobs/nope")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Commands_find_the_gate_that_runs_on_their_data_directory_and_imports_reach_it()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, []);
        await ImportDemoAsync(data.Path, 60);

        var run = await gate.RunAsync("strategy", "run", "call_sell_future_buy_weekly", "-p", "filter=demo");
        run.ExitCode.ShouldBe(0, run.ToString());
        (await gate.AskAsync("/api/v1/metrics")).Json.GetProperty("overall").GetProperty("total_executions").GetInt64().ShouldBe(1, "it ran in the gate, not in the command");
        (await gate.JsonOfAsync("strategy", "runs")).GetArrayLength().ShouldBe(1);
        (await gate.RunAsync("jobs", "cancel", "nope")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task Closes_come_from_Kite_through_the_gate_when_told_so()
    {
        using var data = new TemporaryDirectory();
        await ImportDemoAsync(data.File("demo"), 60);
        await using var gate = await GateProcess.StartAsync(data.Path, ["--demo"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["HEADGATE_STRATEGIES__SPOT"] = "kite" });

        var run = await PostAsync(gate, "/api/v1/execute", Example);

        run.GetProperty("status").GetString().ShouldBe("completed", run.ToString());
        var version = (await gate.AskAsync($"/api/v1/executions/{run.GetProperty("execution_id")}")).Json.GetProperty("metadata").GetProperty("data_version").GetString();
        version.ShouldNotBeNull().ShouldContain("-kite-");
        var stats = await gate.JsonOfAsync("stats");
        stats.GetProperty("endpoints").EnumerateArray().Single(endpoint => endpoint.GetProperty("endpoint").GetString() == "kite.historical").GetProperty("calls").GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task A_gate_told_to_stop_while_the_job_queue_wakes_up_ends_cleanly()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, []);

        var ended = await gate.TerminateAsync();

        ended.ExitCode.ShouldBe(0, ended.ToString());
        // News may be told there; a warning, a failure or a stack trace may not.
        ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith("info: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_setting_or_definition_stops_the_start_and_is_named()
    {
        using var data = new TemporaryDirectory();
        var wrong = await ServeAsync(data.Path, new(StringComparer.Ordinal) { ["HEADGATE_STRATEGIES__CACHE"] = "big" });
        wrong.ExitCode.ShouldBe(2, wrong.ToString());
        wrong.Error.ShouldContain("strategies: The Cache field does not equal any of the values specified");

        Directory.CreateDirectory(Path.Combine(data.Path, "strategies", "definitions"));
        await File.WriteAllTextAsync(Path.Combine(data.Path, "strategies", "definitions", "mine.yaml"), "name: mine\n");
        var broken = await ServeAsync(data.Path, new(StringComparer.Ordinal));
        broken.ExitCode.ShouldBe(2, broken.ToString());
        broken.Error.ShouldContain("mine.yaml");
    }

    private static async Task ImportDemoAsync(string data, int days)
    {
        var import = await ChildProcess.RunAsync(GateProcess.Executable, ["import", "demo", "--days", $"{days}", "--data-dir", data], TimeSpan.FromSeconds(60));
        import.ExitCode.ShouldBe(0, import.ToString());
    }

    private static Task<ProcessResult> ServeAsync(string data, Dictionary<string, string?> more) => ChildProcess.RunAsync(
        GateProcess.Executable, ["serve", "--data-dir", data], TimeSpan.FromSeconds(60), GateProcess.Environment(new Uri($"http://127.0.0.1:{FreePorts.Take()}"), more));

    private static async Task<JsonElement> PostAsync(GateProcess gate, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await gate.Http.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<JsonElement> CompletedAsync(GateProcess gate, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pace.WaitForNextTickAsync(limit.Token))
        {
            var job = (await gate.AskAsync($"/api/v1/jobs/{id}")).Json;
            var status = job.GetProperty("status").GetString();
            status.ShouldNotBe("failed", job.ToString());
            if (status == "completed")
            {
                return job;
            }
        }

        throw new TimeoutException();
    }
}
