namespace Headgate.Strategies.Runs.Jobs;

/// <summary>Writes a job's progress at most every fifth of a second, and always the end; a live view needs no more and the run should not wait.</summary>
internal sealed class JobProgress(JobStore store, string id, TimeProvider time) : IProgress<StrategyProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private long _last;

    public void Report(StrategyProgress value)
    {
        if (_last == 0 || value.Processed == value.Total || time.GetElapsedTime(_last) >= Interval)
        {
            _last = time.GetTimestamp();
            store.Progress(id, value);
        }
    }
}
