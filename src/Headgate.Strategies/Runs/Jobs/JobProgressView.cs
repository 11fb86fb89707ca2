namespace Headgate.Strategies.Runs.Jobs;

/// <summary>Expiry rows processed of all; total 0 before the first report.</summary>
public sealed record JobProgressView(long Processed, long Total, double Percent)
{
    internal static JobProgressView Of(JobRecord job) =>
        new(job.Processed, job.Total, job.Total == 0 ? 0 : Math.Round(100.0 * job.Processed / job.Total, 1));
}
