using Headgate.EndToEnd.Tests.Gates;
using Headgate.Testing;

namespace Headgate.EndToEnd.Tests;

/// <summary>The collector on real processes, before emulated upstreams on real sockets.</summary>
public sealed class CollectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_collection_runs_once_and_prints_what_each_part_came_to()
    {
        using var data = new TemporaryDirectory();
        await using var process = ChildProcess.Start(GateProcess.Executable, ["desk", "run", "collector", "--once", "--demo", "--data-dir", data.Path], Few());
        var result = await process.WaitAsync(Patience);
        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("collector; files in");
        var line = result.Output.Split('\n').Last(static line => line.Contains(" s  ", StringComparison.Ordinal));
        line.ShouldContain("2/2"); // bars of two symbols, two feeds, positions and balances
        line.ShouldContain("weather unavailable");
        line.ShouldNotContain("in part");
    }

    [Fact]
    public async Task Inside_a_gate_it_tells_the_last_collection_health_and_metrics()
    {
        using var data = new TemporaryDirectory();
        await using var gate = await GateProcess.StartAsync(data.Path, ["--desk", "collector", "--demo"], Few());
        await gate.Process.UntilLineAsync("cycle (UTC)", Patience);
        var collector = (await gate.AskAsync("/api/v1/desk/collector")).Json;
        collector.GetProperty("running").GetBoolean().ShouldBeTrue();
        var parts = collector.GetProperty("parts");
        parts.GetProperty("market_data").GetProperty("state").GetString().ShouldBe("fresh");
        parts.GetProperty("market_data").GetProperty("items")[0].GetProperty("value").GetProperty("close").GetDecimal().ShouldBeGreaterThan(0);
        parts.GetProperty("weather").GetProperty("state").GetString().ShouldBe("unavailable");
        parts.GetProperty("accounts").GetProperty("items")[0].GetProperty("source").GetString().ShouldBe("questrade");

        var health = (await gate.AskAsync("/api/v1/desk/health")).Json;
        health.GetProperty("score").GetDecimal().ShouldBe(1m);
        health.GetProperty("host").GetProperty("status").GetString().ShouldBeOneOf("healthy", "warning", "critical", "unknown");
        health.GetProperty("apis").EnumerateArray().Select(static api => (api.GetProperty("api_name").GetString(), api.GetProperty("status").GetString()))
            .ShouldContain(("yahoo", "healthy"));

        var metrics = (await gate.AskAsync("/metrics")).Body;
        metrics.ShouldContain("# TYPE api_request_seconds histogram");
        metrics.ShouldContain("phase_duration_seconds_count{phase=\"ingest\"}");
        metrics.ShouldContain("# TYPE headgate_demands_total counter");
        metrics.ShouldNotContain("refresh-0");
        (await gate.TerminateAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named()
    {
        using var data = new TemporaryDirectory();
        var settings = Few();
        settings["HEADGATE_DESK__COLLECTOR__CYCLE"] = "02:00:00";
        await using var process = ChildProcess.Start(GateProcess.Executable, ["desk", "run", "collector", "--once", "--demo", "--data-dir", data.Path], settings);
        var result = await process.WaitAsync(Patience);
        result.ExitCode.ShouldNotBe(0);
        result.Error.ShouldContain("desk:collector:cycle is 02:00:00");
    }

    // One call a second to Yahoo and Alpha Vantage each: fewer symbols, a shorter test.
    private static Dictionary<string, string?> Few() => new(StringComparer.Ordinal)
    {
        ["HEADGATE_DESK__COLLECTOR__SYMBOLS"] = "^GSPTSE,RY.TO",
        ["HEADGATE_DESK__COLLECTOR__COMMODITIES"] = "CL=F",
        ["HEADGATE_DESK__COLLECTOR__FACTORSYMBOLS"] = "RY",
    };
}
