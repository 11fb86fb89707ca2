using Microsoft.Extensions.Logging;
using Quartz;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>
/// Starts the queue after putting right what a killed process left: executions nobody will finish are marked failed, and every job that had
/// not ended is scheduled anew from the jobs table, whatever Quartz remembers of it. Job attempts stay counted, so a job that kills its
/// process every time is given up.
/// </summary>
internal sealed class JobRecovery(
    StrategyRegistry registry, RunStore runs, JobStore store, JobQueue queue, ISchedulerFactory schedulers, TimeProvider time,
    StrategyPlatformOptions options, ILogger<JobRecovery> logger)
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        runs.Register(registry.All);
        if (!options.RunJobs)
        {
            return;
        }

        var orphans = runs.FailOrphans();
        if (orphans > 0)
        {
            Log.OrphansFailed(logger, orphans);
        }

        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.DeleteJobs(GroupMatcher<JobKey>.GroupEquals(JobQueue.Group), cancellation);
        foreach (var job in store.Open())
        {
            await ResumeAsync(job, cancellation);
        }

        await ScheduleCleanUpAsync(scheduler, cancellation);
        await scheduler.Start(cancellation);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (options.RunJobs)
        {
            var scheduler = await schedulers.GetScheduler(cancellation);
            await scheduler.Shutdown(false, cancellation);
        }
    }

    private async Task ResumeAsync(JobRecord job, CancellationToken cancellation)
    {
        if (job.Attempts > options.RetryDelaysSeconds.Count)
        {
            store.End(job.Id, JobState.Failure, $"given up after {job.Attempts} attempts, the last one ended with the process", null);
            return;
        }

        if (job.Attempts > 0)
        {
            Log.JobResumed(logger, job.Id, job.Attempts);
            store.WaitForRetry(job.Id, JobState.Retry, $"interrupted: the server stopped during attempt {job.Attempts}");
        }

        await queue.ScheduleAsync(job.Id, TimeSpan.Zero, cancellation);
    }

    private async Task ScheduleCleanUpAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        var key = new JobKey("clean-up", "maintenance");
        await scheduler.DeleteJob(key, cancellation);
        await scheduler.ScheduleJob(
            JobBuilder.Create<CleanUpJob>().WithIdentity(key).Build(),
            TriggerBuilder.Create(time).StartAt(time.GetUtcNow() + TimeSpan.FromMinutes(1)).WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromHours(1)).RepeatForever()).Build(),
            cancellationToken: cancellation);
    }
}
