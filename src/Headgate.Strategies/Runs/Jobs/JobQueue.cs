using System.Security.Cryptography;
using Quartz;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>Submits and cancels jobs. The jobs table is the truth, Quartz decides when they run.</summary>
public sealed class JobQueue(JobStore store, ISchedulerFactory schedulers, TimeProvider time, StrategyPlatformOptions options)
{
    /// <summary>The Quartz group, named as the replaced platform's queue.</summary>
    internal const string Group = "strategy_execution";

    /// <summary>Records and schedules a run.</summary>
    /// <returns>The job's id; null when too many jobs are open.</returns>
    public async Task<string?> SubmitAsync(IStrategy strategy, ParameterValues values, string user, CancellationToken cancellation)
    {
        if (store.CountOpen() >= options.OpenJobsMax)
        {
            return null;
        }

        var id = new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D");
        store.Add(id, strategy.Name, RunHash.Execution(values), RunService.ParametersJson(values), user);
        await ScheduleAsync(id, TimeSpan.Zero, cancellation);
        return id;
    }

    /// <summary>Stops a job: it will not start, or its run is told to stop and its result is not taken.</summary>
    /// <returns>False when the job had already ended.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellation)
    {
        var cancelled = store.End(id, JobState.Revoked, "cancelled", null);
        var scheduler = await schedulers.GetScheduler(cancellation);
        await scheduler.Interrupt(Key(id), cancellation);
        await scheduler.DeleteJob(Key(id), cancellation);
        return cancelled;
    }

    internal static JobKey Key(string id) => new(id, Group);

    internal async Task ScheduleAsync(string id, TimeSpan delay, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var job = JobBuilder.Create<StrategyJob>().WithIdentity(Key(id)).Build();
        var trigger = TriggerBuilder.Create(time).StartAt(time.GetUtcNow() + delay).Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellation);
    }

    /// <summary>Another attempt for a job that is being executed now.</summary>
    internal async Task RescheduleAsync(string id, TimeSpan delay, CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var trigger = TriggerBuilder.Create(time).ForJob(Key(id)).StartAt(time.GetUtcNow() + delay).Build();
        await scheduler.ScheduleJob(trigger, cancellationToken: cancellation);
    }
}
