using Headgate.Gateway.Tests.Support;

namespace Headgate.Gateway.Tests.Api;

public sealed class OwnPagesTests : IAsyncLifetime
{
    private Gate _gate = null!;

    public async Task InitializeAsync() => _gate = await Gate.Start();

    public async Task DisposeAsync() => await _gate.DisposeAsync();

    [Fact]
    public async Task The_root_tells_what_this_is_and_what_to_try()
    {
        var text = await _gate.Get("/");
        text.Status.ShouldBe(200);
        text["Content-Type"].ShouldBe("text/plain; charset=utf-8");
        text.Body.ShouldContain($"curl -i {_gate.Url}test/");
        var page = await _gate.Get("/", "Accept: text/html");
        page["Content-Type"].ShouldBe("text/html; charset=utf-8");
        page.Body.ShouldContain($"<a href=\"{_gate.Url}docs\">");
        (await _gate.Ask("HEAD", "/", [])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Health_tells_live_ready_and_degraded()
    {
        (await _gate.Get("/health/live")).Body.ShouldBe("{\"status\":\"live\"}");
        (await _gate.Get("/health/ready")).Body.ShouldBe("{\"status\":\"ready\"}");
        _gate.Engine.StoreError = "disk full";
        var degraded = await _gate.Get("/health/ready");
        degraded.Status.ShouldBe(200);
        degraded.Body.ShouldContain("disk full");
        _gate.Engine.IsLedgerWritable = false;
        var unready = await _gate.Get("/health/ready");
        unready.Status.ShouldBe(503);
        unready.Json.GetProperty("status").GetString().ShouldBe("unready");
        (await _gate.Get("/metrics")).Body.ShouldContain("headgate_ledger_writable 0\n");
    }

    [Fact]
    public async Task Providers_budgets_stats_and_explanations_are_reported()
    {
        var provider = (await _gate.Get("/api/v1/gate/providers")).Json[0];
        provider.GetProperty("name").GetString().ShouldBe("test");
        provider.GetProperty("endpoints")[0].GetProperty("ttl").GetDecimal().ShouldBe(1m);
        var budget = (await _gate.Get("/api/v1/gate/budgets")).Json[0];
        budget.GetProperty("limit").GetString().ShouldBe("test.quote");
        budget.GetProperty("remaining").GetInt32().ShouldBe(1);
        var stats = (await _gate.Get("/api/v1/gate/stats")).Json;
        stats.GetProperty("saved").GetInt32().ShouldBe(5);
        stats.GetProperty("endpoints")[0].GetProperty("freshHits").GetInt32().ShouldBe(15);
        (await _gate.Get("/api/v1/gate/explain/7")).Json.GetProperty("steps")[0].GetProperty("decision").GetString().ShouldBe("hit");
        (await _gate.Get("/api/v1/gate/explain/8")).Type.ShouldBe("not-found");
        (await _gate.Get("/api/v1/gate/explain/x")).Type.ShouldBe("not-found");
        (await _gate.Get("/api/v1/nothing")).Type.ShouldBe("not-found");
    }

    [Fact]
    public async Task Every_metric_is_documented_and_every_documented_metric_is_told()
    {
        var told = (await _gate.Get("/metrics")).Body.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);
        var documented = File.ReadAllLines(DocumentPath()).Where(line => line.StartsWith("| `headgate_", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        told.ShouldBe(documented, ignoreOrder: true);
    }

    private static string DocumentPath()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Headgate.slnx")))
        {
            directory = directory.Parent!;
        }

        return Path.Combine(directory.FullName, "docs", "metrics.md");
    }

    [Fact]
    public async Task Metrics_are_prometheus_text_with_bounded_labels()
    {
        var answer = await _gate.Get("/metrics");
        answer["Content-Type"].ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        answer.Body.ShouldContain("# TYPE headgate_demands_total counter\nheadgate_demands_total{endpoint=\"test.quote\"} 10\n");
        answer.Body.ShouldContain("headgate_oldest_served_seconds{endpoint=\"test.quote\"} 1.5\n");
        answer.Body.ShouldContain("headgate_limit_used{provider=\"test\",limit=\"test.quote\"} 3\n");
        answer.Body.ShouldContain("headgate_limit_remaining{provider=\"test\",limit=\"test.quote\"} 1\n");
        answer.Body.ShouldContain("headgate_limit_closed{provider=\"test\",limit=\"test.quote\"} 1\n");
        answer.Body.ShouldContain("headgate_limit_scopes{provider=\"test\",limit=\"test.quote\"} 2\n");
    }

    [Fact]
    public async Task Stored_candles_are_verified_on_request_only()
    {
        const string Path = "/api/v1/gate/history/verify?provider=kite&series=/bars&from=2026-01-01&to=2026-01-02";
        (await _gate.Ask("POST", Path, ["Content-Length: 0"])).Body.ShouldContain("\"stored\":\"[0,1]\",\"now\":\"[0,2]\"");
        (await _gate.Get(Path)).Status.ShouldBe(404);
    }
}
