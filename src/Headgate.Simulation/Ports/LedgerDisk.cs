using Headgate.Budgets;

namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryLedger"/>: what survives a crash. Hand it to the next process's ledger.</summary>
/// <remarks>Written by whole commits only; a commit torn by a crash fails its checksum and is as if it never was.</remarks>
public sealed class LedgerDisk
{
    private readonly SortedDictionary<long, Row> _rows = [];
    private readonly SortedDictionary<(string Limit, string Window), long> _totals = [];
    private readonly SortedDictionary<string, Closure> _closures = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Limit, string Window), long> _reported = [];
    private readonly Dictionary<(long Charge, string Limit, string Window), long> _shares = [];
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
            // What can no longer count is gone, as in the real ledger; keeping it would only hide an engine that relies on it.
            foreach (var sliding in row.Charge.Sliding.Where(sliding => EndOf(row, sliding) >= Now))
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
                _clock = _clock is { } earlier && earlier.EngineTicks > charge.Clock.EngineTicks ? earlier : charge.Clock;
                Charges++;
                foreach (var calendar in charge.Calendar)
                {
                    var key = (calendar.LimitKey, calendar.WindowId);
                    _totals[key] = _totals.GetValueOrDefault(key) + calendar.Permits;
                    _shares[(charge.Id, calendar.LimitKey, calendar.WindowId)] = calendar.Permits;
                }

                break;
            case LedgerWrite.Settled(var id, var firstByteAt):
                if (_rows.TryGetValue(id, out var row))
                {
                    _rows[id] = row with { FirstByteAt = firstByteAt };
                }

                break;
            case LedgerWrite.Released(var id, var limit, var window, var permits):
                Release((id, limit, window), permits);
                break;
            case LedgerWrite.Closed(var closure):
                if (!_closures.TryGetValue(closure.Key, out var held) || closure.Until >= held.Until)
                {
                    _closures[closure.Key] = closure;
                }

                break;
            case LedgerWrite.Raised(var limit, var window, var used):
                _reported[(limit, window)] = Math.Max(used, _reported.GetValueOrDefault((limit, window)));
                _totals[(limit, window)] = Math.Max(used, _totals.GetValueOrDefault((limit, window)));
                break;
        }
    }

    // Once per share, never more than was taken, and never below what the upstream itself reported.
    private void Release((long Charge, string Limit, string Window) share, long permits)
    {
        var key = (share.Limit, share.Window);
        if (_shares.TryGetValue(share, out var taken) && permits <= taken)
        {
            _shares.Remove(share);
            _totals[key] = Math.Max(_reported.GetValueOrDefault(key), _totals[key] - permits);
        }
    }

    private EngineTime Now => new(_clock?.EngineTicks ?? 0);

    private static EngineTime EndOf(Row row, SlidingCharge sliding) => row.Charge.SentAt + row.Charge.Timeout + sliding.Window;

    private void Prune()
    {
        if (_rows.Count > 256)
        {
            foreach (var (id, row) in _rows.ToList())
            {
                if (row.Charge.Sliding.All(sliding => EndOf(row, sliding) < Now))
                {
                    _rows.Remove(id);
                }
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
