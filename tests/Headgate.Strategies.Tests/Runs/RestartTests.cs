using Headgate.Strategies.Runs;
using Headgate.Strategies.Runs.Jobs;
using Headgate.Strategies.Tests.Strategies;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Strategies.Tests.Runs;

/// <summary>What a start finds from the process before.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task An_orphaned_run_is_failed_and_registry_ids_and_results_stay()
    {
        using var folder = new TempFolder();
        long orphan;
        await using (var first = await PlatformHost.StartAsync(folder, WorkedExample.Market()))
        {
            await first.ExecuteAsync("call_sell_future_buy_weekly");
            // A run that its process did not live to end.
            orphan = first.Services.GetRequiredService<RunStore>().Start("probe", "h", "{}", "system");
        }

        await using var second = await PlatformHost.StartAsync(folder, WorkedExample.Market());

        var runs = await second.GetAsync("/api/v1/executions");
        runs.EnumerateArray().Select(r => r.GetProperty("status").GetString()).ShouldBe(["failed", "completed"]);
        var failed = await second.GetAsync($"/api/v1/executions/{orphan}");
        failed.GetProperty("metadata").GetProperty("error").GetString().ShouldStartWith("interrupted: the server stopped");
        (await second.GetAsync("/api/v1/executions/1")).GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_took_its_process_down_four_times_is_given_up()
    {
        using var folder = new TempFolder();
        string id;
        await using (var first = await PlatformHost.StartAsync(folder, WorkedExample.Market(), o => o.RunJobs = false))
        {
            id = (await first.ExecuteAsync("probe", isAsync: true)).GetProperty("job_id").GetString()!;
            var jobs = first.Services.GetRequiredService<JobStore>();
            for (var attempt = 1; attempt <= 4; attempt++)
            {
                jobs.Begin(id)!.Attempts.ShouldBe(attempt);
            }
        }

        await using var second = await PlatformHost.StartAsync(folder, WorkedExample.Market());

        var job = await second.GetAsync($"/api/v1/jobs/{id}");
        job.GetProperty("status").GetString().ShouldBe("failed");
        job.GetProperty("error").GetString().ShouldBe("given up after 4 attempts, the last one ended with the process");
        second.Probe.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task A_waiting_job_of_the_process_before_is_run()
    {
        using var folder = new TempFolder();
        string id;
        await using (var first = await PlatformHost.StartAsync(folder, WorkedExample.Market(), o => o.RunJobs = false))
        {
            id = (await first.ExecuteAsync("probe", isAsync: true)).GetProperty("job_id").GetString()!;
        }

        await using var second = await PlatformHost.StartAsync(folder, WorkedExample.Market());

        (await second.JobAsync(id, "completed")).GetProperty("attempts").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Ended_jobs_are_forgotten_after_their_retention_and_open_ones_are_not()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, WorkedExample.Market());
        var id = (await host.ExecuteAsync("probe", isAsync: true)).GetProperty("job_id").GetString()!;
        await host.JobAsync(id, "completed");
        var waiting = (await host.ExecuteAsync("probe", new { mode = "wait" }, isAsync: true)).GetProperty("job_id").GetString()!;
        var jobs = host.Services.GetRequiredService<JobStore>();

        jobs.DeleteEndedBefore(DateTimeOffset.UtcNow.AddHours(-1)).ShouldBe(0);
        jobs.DeleteEndedBefore(DateTimeOffset.UtcNow.AddHours(1)).ShouldBe(1);

        await host.GetAsync($"/api/v1/jobs/{id}", System.Net.HttpStatusCode.NotFound);
        jobs.Find(waiting).ShouldNotBeNull();
        (await host.GetAsync("/api/v1/executions/1")).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task Submissions_beyond_the_bound_are_refused()
    {
        using var folder = new TempFolder();
        await using var host = await PlatformHost.StartAsync(folder, WorkedExample.Market(), o => (o.RunJobs, o.OpenJobsMax) = (false, 2));
        await host.ExecuteAsync("probe", new { tag = 1 }, isAsync: true);
        await host.ExecuteAsync("probe", new { tag = 2 }, isAsync: true);

        var problem = await host.ExecuteAsync("probe", new { tag = 3 }, isAsync: true, expected: System.Net.HttpStatusCode.ServiceUnavailable);

        problem.GetProperty("detail").GetString().ShouldBe("Too many open jobs");
    }
}
