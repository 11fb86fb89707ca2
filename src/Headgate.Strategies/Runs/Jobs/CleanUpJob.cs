using Headgate.Strategies.Runs.Cache;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Headgate.Strategies.Runs.Jobs;

/// <summary>Forgets ended jobs past their retention and logs the cache's statistics, once an hour.</summary>
internal sealed class CleanUpJob(
    JobStore store, IResultCache cache, TimeProvider time, StrategyPlatformOptions options, ILogger<CleanUpJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var deleted = store.DeleteEndedBefore(time.GetUtcNow() - TimeSpan.FromSeconds(options.JobsKeptSeconds));
        var stats = await cache.StatsAsync();
        Log.CleanedUp(logger, deleted, stats.TotalCachedEntries, stats.TotalCacheHits);
    }
}
