using System.Net;
using System.Text;
using System.Text.Json;
using Headgate.Strategies.Tests.Runs;
using Headgate.Strategies.Tests.Strategies;

namespace Headgate.Strategies.Tests.Api;

/// <summary>Specification §6 over a real socket.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private PlatformHost _host = null!;

    public async Task InitializeAsync() => _host = await PlatformHost.StartAsync(_folder, WorkedExample.Market());

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Health_is_healthy_with_a_timestamp()
    {
        var health = await _host.GetAsync("/health");

        health.GetProperty("status").GetString().ShouldBe("healthy");
        DateTimeOffset.TryParse(health.GetProperty("timestamp").GetString(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_description_names_paths_and_properties_as_they_are()
    {
        var document = await _host.GetAsync("/openapi/v1.json");

        var paths = document.GetProperty("paths");
        foreach (var path in new[] { "/health", "/api/v1/execute", "/api/v1/executions/{id}", "/api/v1/jobs/{id}", "/api/v1/metrics/{name}", "/api/v1/cache/invalidate" })
        {
            paths.TryGetProperty(path, out _).ShouldBeTrue(path);
        }

        var schemas = document.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("ExecuteRequestBody").GetProperty("properties").EnumerateObject().Select(p => p.Name)
            .ShouldBe(["strategy_name", "parameters", "user_id", "use_cache", "async_execution"]);
        schemas.GetProperty("ExecutionStatus").GetProperty("properties").TryGetProperty("duration_ms", out _).ShouldBeTrue();
        schemas.GetProperty("CacheHealthBody").GetProperty("properties").TryGetProperty("latency_ms", out _).ShouldBeTrue();
        foreach (var operation in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))))
        {
            operation.Value.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty(operation.Name);
            operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(operation.Name);
            operation.Value.GetProperty("responses").GetProperty("200").TryGetProperty("content", out _).ShouldBeTrue(operation.Name);
        }
    }

    [Fact]
    public async Task Strategies_tell_their_parameter_schema()
    {
        var all = await _host.GetAsync("/api/v1/strategies");
        all.EnumerateArray().Select(s => s.GetProperty("name").GetString()).ShouldBe(
        [
            "call_sell_future_buy_monthly", "call_sell_future_buy_monthly_t1", "call_sell_future_buy_t1", "call_sell_future_buy_t2",
            "call_sell_future_buy_weekly", "probe", "put_sell_future_sell_weekly", "strangle_sell_weekly",
        ]);

        var weekly = await _host.GetAsync("/api/v1/strategies/call_sell_future_buy_weekly");
        var schema = weekly.GetProperty("parameter_schema").EnumerateArray().ToList();
        schema.Select(p => p.GetProperty("name").GetString()).ShouldBe(["spot_adjustment_type", "spot_adjustment", "call_sell_position", "symbol"]);
        schema[0].GetProperty("options").EnumerateArray().Select(o => o.GetInt32()).ShouldBe([0, 1, 2, 3]);
        schema[2].GetProperty("min_value").GetDecimal().ShouldBe(-50);
        schema[2].GetProperty("max_value").GetDecimal().ShouldBe(50);
        weekly.GetProperty("version").GetString().ShouldBe("1.0.0");
    }

    [Fact]
    public async Task Execute_runs_and_the_execution_holds_the_rows()
    {
        var status = await _host.ExecuteAsync("call_sell_future_buy_weekly");

        status.GetProperty("status").GetString().ShouldBe("completed");
        status.GetProperty("cached").GetBoolean().ShouldBeFalse();
        status.GetProperty("row_count").GetInt32().ShouldBe(2);
        status.GetProperty("started_at").GetString().ShouldNotBeNull();
        var execution = await _host.GetAsync($"/api/v1/executions/{status.GetProperty("execution_id").GetInt64()}");
        execution.GetProperty("data")[0].EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "Entry Date", "Exit Date", "Entry Spot", "Exit Spot", "Future Expiry", "Future EntryPrice", "Future ExitPrice", "Future P&L", "Call Expiry",
            "Call Strike", "Call EntryPrice", "Call Entry Turnover", "Call ExitPrice", "Call Exit Turnover", "Call P&L", "Net P&L",
        ]);
        execution.GetProperty("data")[0].GetProperty("Net P&L").GetDecimal().ShouldBe(84.95m);
        execution.GetProperty("data")[0].GetProperty("Entry Date").GetString().ShouldBe("2024-01-04");
        var metadata = execution.GetProperty("metadata");
        metadata.GetProperty("trades_executed").GetInt32().ShouldBe(2);
        metadata.GetProperty("log_entries").GetInt32().ShouldBe(0);
        metadata.GetProperty("data_version").GetString().ShouldBe("test");
        metadata.GetProperty("parameters").GetProperty("symbol").GetString().ShouldBe("NIFTY");
    }

    [Fact]
    public async Task A_second_ask_is_answered_by_the_first_execution()
    {
        var first = await _host.ExecuteAsync("call_sell_future_buy_weekly", new { spot_adjustment = 1 });
        var second = await _host.ExecuteAsync("call_sell_future_buy_weekly", new { spot_adjustment = 1.00 });

        second.GetProperty("cached").GetBoolean().ShouldBeTrue();
        second.GetProperty("execution_id").GetInt64().ShouldBe(first.GetProperty("execution_id").GetInt64());
        second.GetProperty("duration_ms").GetDouble().ShouldBe(first.GetProperty("duration_ms").GetDouble());
        (await _host.ExecuteAsync("call_sell_future_buy_weekly", new { spot_adjustment = 1 }, useCache: false)).GetProperty("cached").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"spot_adjustment_type": 4}""", "Parameter 'spot_adjustment_type' must be <= 3")]
    [InlineData("""{"spot_adjustment_type": "1"}""", "Parameter 'spot_adjustment_type' must be an integer")]
    [InlineData("""{"spot_adjustment": -0.5}""", "Parameter 'spot_adjustment' must be >= 0.0")]
    [InlineData("""{"spot_adjustment": 100.5}""", "Parameter 'spot_adjustment' must be <= 100.0")]
    [InlineData("""{"spot_adjustment": 0, "spot_adjustment_type": 3}""", "Parameter 'spot_adjustment' must be > 0 when spot_adjustment_type is 1, 2 or 3")]
    [InlineData("""{"call_sell_position": 51}""", "Parameter 'call_sell_position' must be <= 50.0")]
    [InlineData("""{"call_sell_position": true}""", "Parameter 'call_sell_position' must be a number")]
    [InlineData("""{"symbol": "DOW"}""", "Parameter 'symbol' must be one of ['NIFTY']")]
    [InlineData("""{"symbol": 7}""", "Parameter 'symbol' must be a string")]
    [InlineData("""{"stop_loss": 1}""", "Unknown parameter 'stop_loss'")]
    [InlineData("""{"weekly_port_compat": 1}""", "Parameter 'weekly_port_compat' must be a boolean")]
    public async Task Invalid_parameters_are_refused_with_the_documented_text(string parameters, string text)
    {
        var problem = await _host.ExecuteAsync("call_sell_future_buy_weekly", JsonSerializer.Deserialize<JsonElement>(parameters), expected: HttpStatusCode.BadRequest);

        problem.GetProperty("detail").GetString().ShouldBe($"Invalid parameters: {text}");
        (await _host.GetAsync("/api/v1/executions")).GetArrayLength().ShouldBe(0);
        (await _host.GetAsync("/api/v1/metrics")).GetProperty("overall").GetProperty("total_executions").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task The_shifted_variants_take_the_other_indices()
    {
        var problem = await _host.ExecuteAsync("call_sell_future_buy_t1", new { symbol = "DOW" }, expected: HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString().ShouldBe("Invalid parameters: Parameter 'symbol' must be one of ['NIFTY', 'BANKNIFTY', 'FINNIFTY']");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"strategy_name": 7}""")]
    [InlineData("""{"strategy_name": "probe", "parameters": []}""")]
    [InlineData("""{"strategy_name": "probe", "use_cache": "yes"}""")]
    [InlineData("""{"strategy_name": "probe", "user_id": 1}""")]
    public async Task A_malformed_body_is_422(string body)
    {
        using var response = await _host.Client.PostAsync("/api/v1/execute", new StringContent(body, Encoding.UTF8, "application/json"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Unknown_things_are_404_with_their_texts()
    {
        await Detail("/api/v1/strategies/nope", "Strategy 'nope' not found");
        await Detail("/api/v1/metrics/nope", "Strategy 'nope' not found");
        await Detail("/api/v1/executions/999", "Execution 999 not found");
        await Detail("/api/v1/jobs/nope", "Job 'nope' not found");
        (await _host.ExecuteAsync("nope", expected: HttpStatusCode.NotFound)).GetProperty("detail").GetString().ShouldBe("Strategy 'nope' not found");

        async Task Detail(string path, string text) => (await _host.GetAsync(path, HttpStatusCode.NotFound)).GetProperty("detail").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task A_reported_failure_is_200_and_an_exception_is_500_and_both_are_recorded()
    {
        var failed = await _host.ExecuteAsync("probe", new { mode = "fail" });
        failed.GetProperty("status").GetString().ShouldBe("failed");
        failed.GetProperty("error_message").GetString().ShouldBe("there is nothing to trade");
        var execution = await _host.GetAsync($"/api/v1/executions/{failed.GetProperty("execution_id").GetInt64()}");
        execution.GetProperty("data").GetArrayLength().ShouldBe(0);
        execution.GetProperty("metadata").GetProperty("error").GetString().ShouldBe("there is nothing to trade");

        var crashed = await _host.ExecuteAsync("probe", new { mode = "crash" }, expected: HttpStatusCode.InternalServerError);
        crashed.GetProperty("detail").GetString().ShouldBe("Strategy execution failed: the strategy is broken");
        (await _host.GetAsync("/api/v1/executions?status=failed")).GetArrayLength().ShouldBe(2);
        var metrics = (await _host.GetAsync("/api/v1/metrics/probe")).GetProperty("metrics");
        metrics.GetProperty("failed_executions").GetInt64().ShouldBe(2);
        metrics.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("error").GetString()).ShouldBe(["there is nothing to trade", "the strategy is broken"]);
    }

    [Fact]
    public async Task Executions_list_newest_first_filtered_and_paged()
    {
        for (var tag = 1; tag <= 5; tag++)
        {
            await _host.ExecuteAsync("probe", new { tag });
        }

        await _host.ExecuteAsync("call_sell_future_buy_weekly");
        Ids(await _host.GetAsync("/api/v1/executions?limit=2")).ShouldBe([6, 5]);
        Ids(await _host.GetAsync("/api/v1/executions?limit=2&offset=2&strategy_name=probe")).ShouldBe([3, 2]);
        (await _host.GetAsync("/api/v1/executions?user_id=somebody")).GetArrayLength().ShouldBe(0);
        await _host.GetAsync("/api/v1/executions?limit=501", HttpStatusCode.UnprocessableEntity);
        await _host.GetAsync("/api/v1/executions?limit=0", HttpStatusCode.UnprocessableEntity);
        await _host.GetAsync("/api/v1/executions?status=odd", HttpStatusCode.UnprocessableEntity);

        static long[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetProperty("execution_id").GetInt64())];
    }

    [Fact]
    public async Task Fields_and_pages_cut_large_results()
    {
        var id = (await _host.ExecuteAsync("call_sell_future_buy_weekly")).GetProperty("execution_id").GetInt64();

        var page = await _host.GetAsync($"/api/v1/executions/{id}?fields=Entry%20Date,Net%20P%26L&offset=1&limit=1");

        page.GetProperty("data").GetRawText().ShouldBe("""[{"Entry Date":"2024-01-11","Net P&L":-20.05}]""");
        page.GetProperty("row_count").GetInt32().ShouldBe(2);
        (await _host.GetAsync($"/api/v1/executions/{id}?fields=Nope", HttpStatusCode.UnprocessableEntity)).GetProperty("detail").GetString().ShouldBe("Unknown field 'Nope'");
    }

    [Fact]
    public async Task Exports_are_csv_and_a_workbook()
    {
        var id = (await _host.ExecuteAsync("call_sell_future_buy_weekly")).GetProperty("execution_id").GetInt64();

        var csv = await _host.Client.GetStringAsync($"/api/v1/executions/{id}/export");
        csv.Split('\n')[1].ShouldBe("2024-01-04,2024-01-11,21660,21645,2024-02-29,21850,21815,-35.00,2024-01-11,21700,120.00,1000,0.05,1000,119.95,84.95");
        var workbook = await _host.Client.GetByteArrayAsync($"/api/v1/executions/{id}/export?format=xlsx");
        using var excel = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(workbook), false);
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(excel).ShouldBeEmpty();
        var sheets = excel.WorkbookPart!.Workbook.Sheets!.Cast<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name!.Value!);
        sheets.ShouldBe(["Trades", "Summary", "Equity", "Pivot"]);
        await _host.GetAsync($"/api/v1/executions/{id}/export?format=pdf", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Analytics_use_the_intrinsic_value_on_the_expiry_day()
    {
        var id = (await _host.ExecuteAsync("call_sell_future_buy_weekly")).GetProperty("execution_id").GetInt64();

        var report = await _host.GetAsync($"/api/v1/executions/{id}/analytics");

        // Specification §5: both calls expire worthless.
        report.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("net_pnl").GetDecimal()).ShouldBe([85.00m, -20.00m]);
        report.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("cumulative").GetDecimal()).ShouldBe([21745.00m, 21725.00m]);
        report.GetProperty("rows")[1].GetProperty("drawdown").GetDecimal().ShouldBe(-20.00m);
        report.GetProperty("rows")[1].GetProperty("drawdown_pct").GetDecimal().ShouldBe(-0.09m);
        report.GetProperty("pivot")[0].GetProperty("months")[0].GetDecimal().ShouldBe(-20m);
        report.GetProperty("pivot")[0].GetProperty("months")[1].GetDecimal().ShouldBe(85m);
        report.GetProperty("summary").GetProperty("sum").GetDecimal().ShouldBe(65m);
    }

    [Fact]
    public async Task The_cache_tells_its_state_and_forgets_on_demand()
    {
        await _host.ExecuteAsync("call_sell_future_buy_weekly");
        await _host.ExecuteAsync("call_sell_future_buy_weekly");
        await _host.ExecuteAsync("probe");

        var stats = await _host.GetAsync("/api/v1/cache/stats");
        stats.GetProperty("total_cached_entries").GetInt64().ShouldBe(2);
        stats.GetProperty("by_strategy").GetProperty("call_sell_future_buy_weekly").GetProperty("total_hits").GetInt64().ShouldBe(1);
        (await _host.GetAsync("/api/v1/cache/health")).GetProperty("status").GetString().ShouldBe("healthy");

        var one = await _host.PostAsync("/api/v1/cache/invalidate?strategy_name=probe");
        (one.GetProperty("deleted_entries").GetInt64(), one.GetProperty("strategy").GetString()).ShouldBe((1, "probe"));
        var all = await _host.PostAsync("/api/v1/cache/invalidate");
        (all.GetProperty("deleted_entries").GetInt64(), all.GetProperty("strategy").GetString(), all.GetProperty("status").GetString()).ShouldBe((1, "all", "success"));
        (await _host.ExecuteAsync("probe")).GetProperty("cached").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Metrics_keep_cached_replies_out_of_run_times_and_uncached_asks_out_of_misses()
    {
        await _host.ExecuteAsync("probe");
        await _host.ExecuteAsync("probe");
        await _host.ExecuteAsync("probe", useCache: false);

        var metrics = (await _host.GetAsync("/api/v1/metrics/probe")).GetProperty("metrics");
        metrics.GetProperty("total_executions").GetInt64().ShouldBe(2);
        metrics.GetProperty("cache_hits").GetInt64().ShouldBe(1);
        metrics.GetProperty("cache_misses").GetInt64().ShouldBe(1);
        metrics.GetProperty("cache_hit_rate").GetDouble().ShouldBe(50.0);
        metrics.GetProperty("success_rate").GetDouble().ShouldBe(100.0);
        var never = (await _host.GetAsync("/api/v1/metrics/strangle_sell_weekly")).GetProperty("metrics");
        never.GetProperty("total_executions").GetInt64().ShouldBe(0);
        var all = await _host.GetAsync("/api/v1/metrics");
        all.GetProperty("overall").GetProperty("total_executions").GetInt64().ShouldBe(2);
        all.GetProperty("cache").GetProperty("total_cached_entries").GetInt64().ShouldBe(1);
        await _host.PostAsync("/api/v1/metrics/reset?strategy_name=probe");
        (await _host.GetAsync("/api/v1/metrics")).GetProperty("overall").GetProperty("total_executions").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_disabled_cache_answers_503_and_runs_go_on()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, WorkedExample.Market(), o => o.Cache = "disabled");

        (await host.ExecuteAsync("probe")).GetProperty("status").GetString().ShouldBe("completed");
        (await host.GetAsync("/api/v1/cache/stats", HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString().ShouldBe("Cache is not available");
        (await host.PostAsync("/api/v1/cache/invalidate", expected: HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString().ShouldBe("Cache is not available");
        (await host.GetAsync("/api/v1/cache/health")).GetProperty("status").GetString().ShouldBe("disabled");
        (await host.GetAsync("/api/v1/metrics")).GetProperty("cache").GetProperty("status").GetString().ShouldBe("disabled");
    }
}
