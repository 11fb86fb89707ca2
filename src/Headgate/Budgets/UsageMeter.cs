namespace Headgate.Budgets;

/// <summary>Permits spent over a sliding span in sixty steps, clients' and background's apart. Not thread-safe: the dispatcher's lock holds it.</summary>
internal sealed class UsageMeter
{
    private const int Slots = 60;

    private readonly long _slotTicks;
    private readonly long[] _clients = new long[Slots];
    private readonly long[] _background = new long[Slots];
    private long _slot;

    /// <param name="span">How far it looks back.</param>
    public UsageMeter(TimeSpan span)
    {
        Span = span;
        _slotTicks = Math.Max(1, span.Ticks / Slots);
    }

    public TimeSpan Span { get; }

    public void Add(long permits, bool isBackground, EngineTime now)
    {
        MoveTo(now);
        (isBackground ? _background : _clients)[_slot % Slots] += permits;
    }

    /// <summary>What was spent within the span; the last of its steps may be cut short.</summary>
    public (long Clients, long Background) Spent(EngineTime now)
    {
        MoveTo(now);
        return (_clients.Sum(), _background.Sum());
    }

    /// <summary>What background work spent within a shorter span, or up to a step more.</summary>
    public long Background(TimeSpan last, EngineTime now)
    {
        MoveTo(now);
        var steps = Math.Min(Slots, (last.Ticks / _slotTicks) + 2);
        var sum = 0L;
        for (var i = 0L; i < steps && _slot - i >= 0; i++)
        {
            sum += _background[(_slot - i) % Slots];
        }

        return sum;
    }

    private void MoveTo(EngineTime now)
    {
        var slot = now.Ticks / _slotTicks;
        for (var i = Math.Max(_slot + 1, slot - Slots + 1); i <= slot; i++)
        {
            _clients[i % Slots] = 0;
            _background[i % Slots] = 0;
        }

        _slot = Math.Max(_slot, slot);
    }
}
