using Headgate.Desk.Doors;

namespace Headgate.Desk.Fleet.Statistics;

/// <summary>Counts what a fleet asks and what it cost, since it was made: a restart begins anew, and <see cref="Since"/> tells when that was.</summary>
/// <remarks>Thread-safe. Callers and kinds are few; of waits the last 1,000 are kept for each, of calls those of the last hour, 100,000 at most.</remarks>
public sealed class FleetStatistics(TimeProvider time)
{
    private const int WaitsMax = 1_000;
    private const int CallsMax = 100_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(FleetData Data, string Caller), Row> _rows = [];
    private readonly Queue<(DateTimeOffset At, bool IsRead)> _calls = new();

    /// <summary>When counting began.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>Calls made since then, orders and their look-ups included.</summary>
    public long Calls
    {
        get
        {
            lock (_gate)
            {
                return _rows.Values.Sum(static row => row.Calls);
            }
        }
    }

    /// <summary>Everything by kind and caller.</summary>
    public IReadOnlyList<FleetFigures> Figures()
    {
        lock (_gate)
        {
            return [.. _rows.Select(static both => both.Value.Figures(both.Key.Data, both.Key.Caller))];
        }
    }

    /// <summary>Calls of a span that ends now, an hour at most.</summary>
    public FleetCallRate CallsOf(TimeSpan span)
    {
        var from = time.GetUtcNow() - span;
        lock (_gate)
        {
            Forget();
            var recent = _calls.Where(call => call.At > from).ToList();
            return new FleetCallRate(recent.Count, recent.Count(static call => call.IsRead));
        }
    }

    internal void Note(FleetData data, string caller, int items, DeskAnswer answer, TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_rows.TryGetValue((data, caller), out var row))
            {
                _rows.Add((data, caller), row = new Row());
            }

            row.Note(items, answer, wait);
            for (var i = 0; i < answer.Calls; i++)
            {
                _calls.Enqueue((time.GetUtcNow(), data is not (FleetData.Order or FleetData.OrderStatus)));
            }

            Forget();
        }
    }

    private void Forget()
    {
        var from = time.GetUtcNow() - Hour;
        while (_calls.TryPeek(out var first) && (first.At <= from || _calls.Count > CallsMax))
        {
            _calls.Dequeue();
        }
    }

    private sealed class Row
    {
        private readonly Queue<TimeSpan> _waits = new();
        private long _asks;
        private long _requests;
        private long _hits;
        private long _stale;
        private long _joined;
        private long _batched;
        private long _failures;
        private long _limited;
        private long _refused;

        public long Calls { get; private set; }

        public void Note(int items, DeskAnswer answer, TimeSpan wait)
        {
            _asks++;
            _requests += items;
            Calls += answer.Calls;
            _limited += answer.UpstreamStatus == 429 ? 1 : 0;
            if (Failed(answer))
            {
                _failures++;
            }
            else if (answer.Refusal is not null)
            {
                _refused++;
            }
            else if (answer.IsHit)
            {
                _hits += items;
                return;
            }
            else if (answer.IsStale)
            {
                _stale += items;
            }
            else if (answer.IsJoined)
            {
                _joined += items;
            }
            else if (items > 1)
            {
                _batched += items;
            }

            _waits.Enqueue(wait);
            if (_waits.Count > WaitsMax)
            {
                _waits.Dequeue();
            }
        }

        private static bool Failed(DeskAnswer answer) => answer.Refusal is { } refusal
            ? refusal.Kind is RefusalKind.UpstreamUnusable or RefusalKind.UpstreamTimeout or RefusalKind.OutcomeUnknown
            : !answer.IsData;

        public FleetFigures Figures(FleetData data, string caller) =>
            new(data, caller, _asks, _requests, _hits, _stale, _joined, _batched, Calls, _failures, _limited, _refused, WaitFigures.Of(_waits));
    }
}
