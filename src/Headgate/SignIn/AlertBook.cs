using Headgate.Reports;

namespace Headgate.SignIn;

/// <summary>Alerts that are active: raised once each, told to whoever watches, and taken back when mended. Thread-safe.</summary>
internal sealed class AlertBook(EngineClock clock, EngineEvents events, Action<OperatorAlert>? tell)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, OperatorAlert> _active = new(StringComparer.Ordinal);

    public IReadOnlyList<OperatorAlert> Active
    {
        get
        {
            lock (_gate)
            {
                return [.. _active.Values];
            }
        }
    }

    /// <summary>Raises it, unless one of its key is active already.</summary>
    public void Raise(string key, string message, string remedy)
    {
        var alert = new OperatorAlert(key, clock.Now, message, remedy);
        lock (_gate)
        {
            if (!_active.TryAdd(key, alert))
            {
                return;
            }
        }

        tell?.Invoke(alert);
        Publish("alert", alert);
    }

    /// <summary>Takes it back.</summary>
    public void Clear(string key)
    {
        OperatorAlert? mended;
        lock (_gate)
        {
            if (!_active.Remove(key, out mended))
            {
                return;
            }
        }

        Publish("alert-over", mended);
    }

    private void Publish(string kind, OperatorAlert alert)
    {
        if (events.IsWatched)
        {
            events.Publish(new EngineEvent(clock.Now, kind, alert.Key, alert.ToString()));
        }
    }
}
