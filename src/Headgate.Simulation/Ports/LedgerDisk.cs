using Headgate.Budgets;

namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryLedger"/>: what survives a crash. Hand it to the next process's ledger.</summary>
/// <remarks>Written by whole commits only; a commit torn by a crash fails its checksum and is as if it never was.</remarks>
public sealed class LedgerDisk
{
    private readonly SortedDictionary<long, Row> _rows = [];
    private readonly SortedDictionary<(string Limit, string Window), long> _totals = [];
    private readonly SortedDictionary<string, Closure> _closures = new(StringComparer.Ordinal);
    private readonly HashSet<(long Charge, string Limit, string Window)> _released = [];
    private readonly HashSet<long> _everCharged = [];
    private ClockMark? _clock;
    private long _nextId = 1;

    /// <summary>Charges ever made durable.</summary>
    public long Charges { get; private set; }

    /// <summary>Commits that a crash tore and that were discarded.</summary>
    public long TornCommits { get; internal set; }

    /// <summary>Was this charge made durable (whatever became of its row since)?</summary>
    public bool Holds(long chargeId) => _everCharged.Contains(chargeId);

    /// <summary>Used permits of a calendar window.</summary>
    public long Used(string limitKey, string windowId) => _totals.GetValueOrDefault((limitKey, windowId));

    /// <summary>Everything a starting engine needs.</summary>
    public LedgerState Load()
    {
        List<Hold> holds = [];
        foreach (var (id, row) in _rows)
        {
            foreach (var sliding in row.Charge.Sliding)
            {
                holds.Add(new Hold(id, sliding.LimitKey, sliding.Permits, row.Charge.SentAt, row.Charge.Timeout, sliding.Window, row.FirstByteAt));
            }
        }

        List<WindowTotal> totals = [.. _totals.Select(total => new WindowTotal(total.Key.Limit, total.Key.Window, total.Value))];
        return new LedgerState(_clock, _nextId, holds, totals, [.. _closures.Values]);
    }

    internal void Apply(IReadOnlyList<LedgerWrite> commit)
    {
        foreach (var write in commit)
        {
            Apply(write);
        }

        Prune();
    }

    private void Apply(LedgerWrite write)
    {
        switch (write)
        {
            case LedgerWrite.Charged(var charge):
                _rows.Add(charge.Id, new Row(charge, null));
                _everCharged.Add(charge.Id);
                _nextId = Math.Max(_nextId, charge.Id + 1);
                _clock = charge.Clock;
                Charges++;
                foreach (var calendar in charge.Calendar)
                {
                    var key = (calendar.LimitKey, calendar.WindowId);
                    _totals[key] = _totals.GetValueOrDefault(key) + calendar.Permits;
                }

                break;
            case LedgerWrite.Settled(var id, var firstByteAt):
                if (_rows.TryGetValue(id, out var row))
                {
                    _rows[id] = row with { FirstByteAt = firstByteAt };
                }

                break;
            case LedgerWrite.Released(var id, var limit, var window, var permits):
                if (_released.Add((id, limit, window)))
                {
                    _totals[(limit, window)] = Math.Max(0, _totals.GetValueOrDefault((limit, window)) - permits);
                }

                break;
            case LedgerWrite.Closed(var closure):
                if (!_closures.TryGetValue(closure.Key, out var earlier) || closure.Until >= earlier.Until)
                {
                    _closures[closure.Key] = closure;
                }

                break;
            case LedgerWrite.Raised(var limit, var window, var used):
                _totals[(limit, window)] = Math.Max(used, _totals.GetValueOrDefault((limit, window)));
                break;
        }
    }

    // Rows that no window can still need go, as in the real ledger; keeping them would only hide an engine that relies on them.
    private void Prune()
    {
        if (_rows.Count < 64 || _clock is not { } clock)
        {
            return;
        }

        var now = new EngineTime(clock.EngineTicks);
        foreach (var (id, row) in _rows.ToList())
        {
            var longest = row.Charge.Sliding.Count == 0 ? TimeSpan.Zero : row.Charge.Sliding.Max(sliding => sliding.Window);
            if (row.Charge.SentAt + row.Charge.Timeout + longest + TimeSpan.FromSeconds(1) < now)
            {
                _rows.Remove(id);
            }
        }
    }

    private sealed record Row(Charge Charge, EngineTime? FirstByteAt);
}

/// <summary>One statement of a commit.</summary>
internal abstract record LedgerWrite
{
    private LedgerWrite()
    {
    }

    public sealed record Charged(Charge Charge) : LedgerWrite;

    public sealed record Settled(long ChargeId, EngineTime FirstByteAt) : LedgerWrite;

    public sealed record Released(long ChargeId, string LimitKey, string WindowId, long Permits) : LedgerWrite;

    public sealed record Closed(Closure Closure) : LedgerWrite;

    public sealed record Raised(string LimitKey, string WindowId, long Used) : LedgerWrite;
}
