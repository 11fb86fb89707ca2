using Headgate.Reports;

namespace Headgate.Desk.Collectors.Health;

/// <summary>How calls ended within a sliding window, from counts looked at once a minute. Thread-safe.</summary>
public sealed class HealthBook : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset At, Dictionary<string, CallOutcomes> Calls)> _samples = new();
    private readonly Func<IReadOnlyList<ApiCounts>> _read;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;
    private readonly ITimer _timer;
    private Dictionary<string, CallOutcomes> _before = new(StringComparer.Ordinal);

    /// <param name="read">Counts since the start.</param>
    /// <param name="time">Whose timers.</param>
    /// <param name="window">How long the window is.</param>
    public HealthBook(Func<IReadOnlyList<ApiCounts>> read, TimeProvider time, TimeSpan window)
    {
        _read = read;
        _time = time;
        _window = window;
        _timer = time.CreateTimer(static book => ((HealthBook)book!).Look(), this, Step, Step);
    }

    /// <summary>How calls ended within the window, by API; those that were not asked in it are absent.</summary>
    public IReadOnlyDictionary<string, CallOutcomes> Window()
    {
        var now = Calls();
        lock (_gate)
        {
            Forget();
            return now.Select(api => (Api: api.Key, Calls: Since(api.Value, _before.GetValueOrDefault(api.Key))))
                .Where(static api => api.Calls.Made > 0).ToDictionary(static api => api.Api, static api => api.Calls, StringComparer.Ordinal);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static CallOutcomes Since(in CallOutcomes now, in CallOutcomes then) =>
        new(now.Succeeded - then.Succeeded, now.Failed - then.Failed, now.Limited - then.Limited, now.FailuresInRow);

    private Dictionary<string, CallOutcomes> Calls() => _read().ToDictionary(static api => api.Api, static api => api.Calls, StringComparer.Ordinal);

    private void Look()
    {
        var calls = Calls();
        lock (_gate)
        {
            _samples.Enqueue((_time.GetUtcNow(), calls));
            Forget();
        }
    }

    // The newest sample that has left the window is what the present counts are compared with.
    private void Forget()
    {
        var begin = _time.GetUtcNow() - _window;
        while (_samples.TryPeek(out var oldest) && oldest.At <= begin)
        {
            _before = oldest.Calls;
            _samples.Dequeue();
        }
    }
}
