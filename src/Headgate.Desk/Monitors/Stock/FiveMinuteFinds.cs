using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.Stock;

/// <summary>
/// Which stocks the stock monitor has just found, for the one-minute monitor in the same process: it waits for the stock monitor's judgement of the same
/// minute instead of racing it, so that what is alerted does not depend on who came first. Thread-safe.
/// </summary>
/// <param name="time">Timers.</param>
/// <param name="isExpected">Will the stock monitor judge this minute?</param>
public sealed class FiveMinuteFinds(TimeProvider time, Func<DateTimeOffset, bool> isExpected)
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(30);

    // A judgement takes as long as the minute's ask; one that has not come by then will not come (the monitor ran before a restart, or failed).
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, TaskCompletionSource<IReadOnlySet<string>>> _cycles = [];

    /// <summary>Tells what a cycle found, before anything is sent.</summary>
    public void Tell(DateTimeOffset cycle, IReadOnlySet<string> symbols) => Of(Ist.MinuteOf(cycle)).TrySetResult(symbols);

    /// <summary>Stocks found in the span up to the cycle, it included.</summary>
    public async ValueTask<IReadOnlySet<string>> FoundAsync(DateTimeOffset cycle, TimeSpan span, CancellationToken cancellation)
    {
        var minute = Ist.MinuteOf(cycle);
        if (isExpected(minute))
        {
            // When it takes too long, what is on record decides.
            await Together.WithinAsync(Of(minute).Task, WaitMax, time, cancellation);
        }

        var found = new HashSet<string>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var (at, symbols) in _cycles)
            {
                if (at <= minute && minute - at <= span && symbols.Task.IsCompletedSuccessfully)
                {
                    found.UnionWith(symbols.Task.Result);
                }
            }
        }

        return found;
    }

    private TaskCompletionSource<IReadOnlySet<string>> Of(DateTimeOffset minute)
    {
        lock (_lock)
        {
            foreach (var old in _cycles.Keys.Where(at => minute - at > Keep).ToList())
            {
                _cycles.Remove(old);
            }

            if (!_cycles.TryGetValue(minute, out var cycle))
            {
                _cycles.Add(minute, cycle = new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return cycle;
        }
    }
}
