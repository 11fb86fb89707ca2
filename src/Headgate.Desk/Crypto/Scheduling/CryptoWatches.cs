using Headgate.Refresh;

namespace Headgate.Desk.Crypto.Scheduling;

/// <summary>Hands the schedule to the gate's own scheduler, which decides when each watch is asked; there is no other.</summary>
internal sealed class CryptoWatches(RefreshScheduler refresh)
{
    /// <summary>Adds what is missing or changed and ends what is no longer wanted. Watches of others are left alone.</summary>
    /// <exception cref="WatchException">One cannot be asked, as without the gate's own key; those before it stay.</exception>
    /// <exception cref="IOException">They could not be made durable.</exception>
    public async ValueTask ApplyAsync(IReadOnlyList<Watch> wanted, CancellationToken cancellation)
    {
        var known = Own().ToDictionary(static status => status.Watch.Name, static status => status.Watch, StringComparer.Ordinal);
        foreach (var watch in wanted)
        {
            if (!known.Remove(watch.Name, out var running) || running != watch)
            {
                await refresh.AddAsync(watch, cancellation);
            }
        }

        foreach (var name in known.Keys.Order(StringComparer.Ordinal))
        {
            await refresh.RemoveAsync(name, cancellation);
        }
    }

    /// <summary>How its watches go.</summary>
    public IReadOnlyList<WatchStatus> Own() => [.. refresh.Status().Watches.Where(static status => status.Watch.Name.StartsWith(CryptoSchedule.Prefix, StringComparison.Ordinal))];
}
