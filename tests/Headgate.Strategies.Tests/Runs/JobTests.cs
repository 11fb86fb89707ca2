using System.Net;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>Specification §7 over a real socket.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private PlatformHost _host = null!;

    public async Task InitializeAsync() => _host = await PlatformHost.StartAsync(_folder, Strategies.WorkedExample.Market());

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_job_has_its_execution_at_once_and_ends_with_result_cache_and_metrics()
    {
        var submitted = await _host.ExecuteAsync("call_sell_future_buy_weekly", isAsync: true);
        submitted.GetProperty("execution_id").GetInt64().ShouldBe(0);
        submitted.GetProperty("status").GetString().ShouldBe("pending");
        var id = submitted.GetProperty("job_id").GetString()!;
        (await _host.GetAsync("/api/v1/executions")).GetArrayLength().ShouldBe(1);

        var job = await _host.JobAsync(id, "completed");

        job.GetProperty("state").GetString().ShouldBe("SUCCESS");
        job.GetProperty("attempts").GetInt64().ShouldBe(1);
        var result = job.GetProperty("result");
        result.GetProperty("status").GetString().ShouldBe("SUCCESS");
        result.GetProperty("result").GetProperty("row_count").GetInt64().ShouldBe(2);
        result.GetProperty("result").GetProperty("data").GetArrayLength().ShouldBe(2);
        var execution = await _host.GetAsync($"/api/v1/executions/{job.GetProperty("execution_id").GetInt64()}");
        execution.GetProperty("data")[1].GetProperty("Net P&L").GetDecimal().ShouldBe(-20.05m);
        (await _host.GetAsync("/api/v1/metrics/call_sell_future_buy_weekly")).GetProperty("metrics").GetProperty("total_executions").GetInt64().ShouldBe(1);
        (await _host.ExecuteAsync("call_sell_future_buy_weekly")).GetProperty("cached").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_running_job_shows_progress_and_can_be_cancelled()
    {
        var id = (await _host.ExecuteAsync("probe", new { mode = "wait" }, isAsync: true)).GetProperty("job_id").GetString()!;
        await _host.Probe.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var running = await _host.JobAsync(id, "processing");
        running.GetProperty("info").GetProperty("processed").GetInt64().ShouldBe(1);
        running.GetProperty("info").GetProperty("total").GetInt64().ShouldBe(4);
        running.GetProperty("progress").GetProperty("percent").GetDouble().ShouldBe(25.0);

        using var response = await _host.Client.DeleteAsync($"/api/v1/jobs/{id}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var job = await _host.GetAsync($"/api/v1/jobs/{id}");
        job.GetProperty("status").GetString().ShouldBe("revoked");
        (await _host.GetAsync($"/api/v1/executions/{job.GetProperty("execution_id").GetInt64()}")).GetProperty("status").GetString().ShouldBe("failed");
        using var again = await _host.Client.DeleteAsync($"/api/v1/jobs/{id}");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_and_counted()
    {
        var id = (await _host.ExecuteAsync("probe", new { mode = "transient" }, isAsync: true)).GetProperty("job_id").GetString()!;

        var job = await _host.JobAsync(id, "completed", "failed");

        job.GetProperty("status").GetString().ShouldBe("completed");
        job.GetProperty("attempts").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task After_three_more_tries_a_transient_failure_is_final()
    {
        _host.Probe.TransientFailures = 100;
        var id = (await _host.ExecuteAsync("probe", new { mode = "transient" }, isAsync: true)).GetProperty("job_id").GetString()!;

        var job = await _host.JobAsync(id, "completed", "failed");

        job.GetProperty("error").GetString().ShouldBe("the disk is busy");
        job.GetProperty("attempts").GetInt64().ShouldBe(4);
    }

    [Theory]
    [InlineData("fail", "there is nothing to trade")]
    [InlineData("crash", "the strategy is broken")]
    public async Task Other_failures_are_not_tried_again(string mode, string error)
    {
        var id = (await _host.ExecuteAsync("probe", new { mode }, isAsync: true)).GetProperty("job_id").GetString()!;

        var job = await _host.JobAsync(id, "completed", "failed");

        job.GetProperty("error").GetString().ShouldBe(error);
        job.GetProperty("attempts").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_jobs_are_listed_and_all_end()
    {
        var ids = new List<string>();
        for (var tag = 0; tag < 20; tag++)
        {
            ids.Add((await _host.ExecuteAsync("probe", new { tag }, isAsync: true)).GetProperty("job_id").GetString()!);
        }

        foreach (var id in ids)
        {
            (await _host.JobAsync(id, "completed", "failed")).GetProperty("status").GetString().ShouldBe("completed");
        }

        (await _host.GetAsync("/api/v1/jobs?limit=500")).GetArrayLength().ShouldBe(20);
        (await _host.GetAsync("/api/v1/jobs?limit=5&state=success")).GetArrayLength().ShouldBe(5);
        (await _host.GetAsync("/api/v1/executions?status=completed")).GetArrayLength().ShouldBe(20);
    }

    [Fact]
    public async Task A_run_past_the_soft_limit_fails_naming_it()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, Strategies.WorkedExample.Market(), o => (o.SoftLimitSeconds, o.HardLimitSeconds) = (1, 30));
        var status = await host.ExecuteAsync("probe", new { mode = "wait" });

        status.GetProperty("status").GetString().ShouldBe("failed");
        status.GetProperty("error_message").GetString().ShouldBe("soft time limit (1 s) exceeded");
    }
}
