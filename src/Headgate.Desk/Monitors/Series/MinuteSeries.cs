using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Monitors.Series;

/// <summary>
/// What was seen of every symbol, minute by minute: appended to, never shifted or overwritten, whoever looked. Durable for the day, so that a restart compares
/// with the same prices.
/// </summary>
/// <remarks>
/// One per process, shared by its monitors. A minute's record holds all its symbols; a second look in one minute adds the symbols that are missing and changes
/// none. Only the present Indian date is kept in memory. Thread-safe; changes
/// happen one after another.
/// </remarks>
/// <param name="records">Where minutes are kept.</param>
public sealed class MinuteSeries(IRecordStore records)
{
    private const string Kind = "desk.minute";

    private readonly Turn _turn = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<PriceSample>> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<DateTimeOffset, Dictionary<string, PriceSample>> _minutes = [];
    private DateOnly _day;
    private DateTimeOffset _loadedTo;

    /// <summary>Adds what a cycle saw. Durable when it completes.</summary>
    /// <param name="cycle">The cycle's scheduled start; its minute names the record.</param>
    /// <param name="samples">By symbol.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask AppendAsync(DateTimeOffset cycle, IReadOnlyDictionary<string, PriceSample> samples, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        await LoadAsync(cycle, cancellation);
        var minute = Ist.MinuteOf(cycle);
        Dictionary<string, PriceSample> whole;
        lock (_lock)
        {
            if (!Merge(minute, samples))
            {
                return;
            }

            whole = new(_minutes[minute], StringComparer.Ordinal);
        }

        await records.PutAsync([MinuteRecord.Write(Kind, minute, whole)], cancellation);
    }

    /// <summary>Reads what others, or an earlier process, have added for the day since the last look.</summary>
    public async ValueTask RefreshAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        await LoadAsync(cycle, cancellation);
    }

    /// <summary>A symbol's samples of the day, oldest first.</summary>
    /// <param name="symbol">Trading symbol.</param>
    /// <param name="since">Earlier ones are left out; null for all.</param>
    public IReadOnlyList<PriceSample> Of(string symbol, DateTimeOffset? since = null)
    {
        lock (_lock)
        {
            if (!_series.TryGetValue(symbol, out var samples))
            {
                return [];
            }

            var first = samples.Count;
            while (first > 0 && (since is null || samples[first - 1].At >= since))
            {
                first--;
            }

            return samples[first..];
        }
    }

    /// <summary>The sample a minute brought, or null.</summary>
    public PriceSample? At(string symbol, DateTimeOffset cycle)
    {
        lock (_lock)
        {
            return _minutes.TryGetValue(Ist.MinuteOf(cycle), out var minute) && minute.TryGetValue(symbol, out var sample) ? sample : null;
        }
    }

    /// <summary>The day's first open interest of a symbol; 0 while none was seen.</summary>
    public long FirstOi(string symbol)
    {
        lock (_lock)
        {
            return _series.TryGetValue(symbol, out var samples) ? samples.FirstOrDefault(static sample => sample.Oi > 0).Oi : 0;
        }
    }

    /// <summary>Deletes minutes before an instant.</summary>
    public async ValueTask PurgeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        foreach (var record in await records.QueryAsync(new RecordQuery(Kind) { Before = before, Max = 10_000 }, cancellation))
        {
            await records.DeleteAsync(Kind, record.Id, cancellation);
        }
    }

    private async ValueTask LoadAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var day = Ist.DayOf(cycle);
        if (day != _day)
        {
            lock (_lock)
            {
                _series.Clear();
                _minutes.Clear();
            }

            _day = day;
            _loadedTo = Ist.At(day, TimeOnly.MinValue);
        }

        // The last minute known is read again: another process may have completed it.
        foreach (var record in await records.QueryAsync(new RecordQuery(Kind) { From = _loadedTo }, cancellation))
        {
            lock (_lock)
            {
                if (MinuteRecord.TryRead(record) is { } samples)
                {
                    Merge(record.At, samples);
                }
            }

            _loadedTo = record.At > _loadedTo ? record.At : _loadedTo;
        }
    }

    private bool Merge(DateTimeOffset minute, IReadOnlyDictionary<string, PriceSample> samples)
    {
        if (!_minutes.TryGetValue(minute, out var known))
        {
            _minutes.Add(minute, known = new(StringComparer.Ordinal));
        }

        var isNew = false;
        foreach (var (symbol, seen) in samples)
        {
            // To the millisecond, as it is stored: a restart must compare the same ages.
            var sample = seen with { At = DateTimeOffset.FromUnixTimeMilliseconds(seen.At.ToUnixTimeMilliseconds()) };
            if (known.TryAdd(symbol, sample))
            {
                isNew = true;
                if (!_series.TryGetValue(symbol, out var series))
                {
                    _series.Add(symbol, series = []);
                }

                // Nearly always the last; a minute that another process saw may come later than its neighbours.
                var at = series.Count;
                while (at > 0 && series[at - 1].At > sample.At)
                {
                    at--;
                }

                series.Insert(at, sample);
            }
        }

        return isNew;
    }
}
