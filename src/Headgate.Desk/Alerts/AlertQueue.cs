namespace Headgate.Desk.Alerts;

/// <summary>What one channel has still to deliver, oldest alert first, and when it may go on. Thread-safe.</summary>
internal sealed class AlertQueue
{
    private readonly Lock _gate = new();
    private readonly List<QueuedAlert> _waiting = [];
    private Pause? _pause;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    /// <summary>When the channel as a whole may be tried again.</summary>
    public DateTimeOffset ClosedUntil
    {
        get
        {
            lock (_gate)
            {
                return _closedUntil;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Add(QueuedAlert alert)
    {
        lock (_gate)
        {
            _waiting.Add(alert);
            _pause?.End();
        }
    }

    public void Close(DateTimeOffset until)
    {
        lock (_gate)
        {
            _closedUntil = until;
        }
    }

    /// <summary>Those that wait; for telling them that the channel is away.</summary>
    public IReadOnlyList<QueuedAlert> Waiting()
    {
        lock (_gate)
        {
            return [.. _waiting];
        }
    }

    /// <summary>Takes the oldest alert that is due; else tells when the next will be, if ever, and the pause that an alert added meanwhile ends.</summary>
    public QueuedAlert? Take(DateTimeOffset now, out DateTimeOffset? next, out Pause pause)
    {
        lock (_gate)
        {
            _pause = pause = new Pause();
            next = null;
            QueuedAlert? first = null;
            foreach (var alert in _waiting)
            {
                var at = alert.State.NextAt is { } own && own > _closedUntil ? own : _closedUntil;
                if (at <= now)
                {
                    first = first is null || alert.Open.Alert.RaisedAt < first.Open.Alert.RaisedAt ? alert : first;
                }
                else if (next is null || at < next)
                {
                    next = at;
                }
            }

            if (first is not null)
            {
                _waiting.Remove(first);
            }

            return first;
        }
    }
}

/// <summary>An alert in a channel's queue.</summary>
internal sealed class QueuedAlert(OpenAlert open, DeliveryState state)
{
    public OpenAlert Open => open;

    public DeliveryState State { get; set; } = state;
}
