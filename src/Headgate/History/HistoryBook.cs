using System.Collections.Concurrent;
using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.History;

/// <summary>Both levels of candle history: series in memory, bounded by bytes, and the store behind them. Thread-safe.</summary>
internal sealed class HistoryBook
{
    private readonly ConcurrentDictionary<ItemKey, CandleSeries> _series;
    private readonly IHistoryStore _store;
    private readonly IMarketSessions _markets;
    private readonly EngineClock _clock;
    private readonly Func<EngineTime, long> _nextVersion;
    private readonly long _bytesMax;
    private readonly Lock _eviction = new();
    private long _uses;

    public HistoryBook(
        IHistoryStore store, IMarketSessions markets, EngineClock clock, Func<EngineTime, long> nextVersion, long bytesMax, long seed)
    {
        _series = new ConcurrentDictionary<ItemKey, CandleSeries>(new ItemKeyComparer(seed));
        _store = store;
        _markets = markets;
        _clock = clock;
        _nextVersion = nextVersion;
        _bytesMax = bytesMax;
    }

    /// <summary>What memory holds for a demand.</summary>
    public SeriesView View(RangeRequest range, Demand demand, EngineTime now)
    {
        if (!_series.TryGetValue(range.Series, out var series))
        {
            return SeriesView.Nothing(range.Asked);
        }

        series.UsedAt = Interlocked.Increment(ref _uses);
        var item = demand.Plan.Items[0];
        return series.View(range, item.Key, demand.Freshness, demand.Plan.Endpoint.Freshness, now, () => _nextVersion(now));
    }

    /// <summary>Is a call for this part no longer needed, because another has just brought it?</summary>
    public bool Holds(RangeRequest part, Demand demand, EngineTime now) =>
        _series.TryGetValue(part.Series, out var series) && series.Holds(part.Asked, demand.Freshness, demand.Plan.Endpoint.Freshness, now);

    /// <summary>The second from which on everything lies in the future.</summary>
    public long Horizon(RangeRequest range) => new BarFinality(_markets, range).Horizon(_clock.WallNow);

    /// <summary>Brings what the store has of the range into memory.</summary>
    public async ValueTask RecallAsync(RangeRequest range, CancellationToken cancellation)
    {
        var series = Of(range.Series);
        if (!series.IsRecalled)
        {
            series.Recall(await _store.LoadAsync(range.Series, cancellation));
        }

        foreach (var absent in series.Absent(range.Asked))
        {
            series.Fill(absent, await _store.LoadRowsAsync(range.Series, absent, cancellation));
        }

        Evict(series);
    }

    /// <summary>The final rows of a range, from both levels, and the seconds they answer for.</summary>
    public async ValueTask<HistoryRows> StoredAsync(RangeRequest range, CancellationToken cancellation)
    {
        await RecallAsync(range, cancellation);
        return Of(range.Series).Final(range.Asked);
    }

    /// <summary>Takes in a call's answer: final rows go to memory and store, the rest stays open in memory.</summary>
    /// <param name="chunk">What was asked.</param>
    /// <param name="answer">The decoded answer and how long its open part is fresh.</param>
    /// <param name="upstreamDate">The upstream's own clock, when it tells it.</param>
    /// <param name="keep">False for callers who forbid keeping it.</param>
    /// <returns>Null when the rows cannot be told apart with certainty; then nothing is kept.</returns>
    public LandedRows? Land(RangeRequest chunk, Entry answer, DateTimeOffset? upstreamDate, bool keep)
    {
        var finality = new BarFinality(_markets, chunk);
        if (RowSplitter.Split(answer.Body, chunk.Model) is not { } split || split.Rows.Any(row => !chunk.Asked.Contains(row.Bar) || !finality.IsStamp(row.Bar)))
        {
            return null;
        }

        var landed = Cut(chunk, finality, split, answer, upstreamDate);
        if (keep)
        {
            var series = Of(chunk.Series);
            if (series.Land(landed) is { } write)
            {
                _store.Put(write);
            }

            Evict(series);
        }

        return landed;
    }

    /// <summary>A whole answer of held rows and what a demand's own calls brought.</summary>
    public Entry Assemble(RangeRequest range, ItemKey key, IReadOnlyList<LandedRows> landed)
    {
        var newest = landed.MaxBy(static call => call.Frame.SentAt)!;
        var series = Of(range.Series);
        var (rows, open) = series.Rows(range.Asked, landed);
        var frame = newest.Frame with { Separator = landed.FirstOrDefault(static call => call.Frame.Separator is not null)?.Frame.Separator ?? series.Separator };
        return HistoryAssembler.ToEntry(key, rows, frame, range.Model.Descending, open?.Entry, _nextVersion(_clock.Now));
    }

    /// <summary>Series held, by the store's account.</summary>
    public async ValueTask<IReadOnlyList<HistoryInfo>> ListAsync(HistoryFilter filter, CancellationToken cancellation)
    {
        await _store.FlushAsync(cancellation);
        return await _store.ListAsync(filter, cancellation);
    }

    /// <summary>Removes series from both levels; completes when that is durable.</summary>
    public async ValueTask<long> RemoveAsync(HistoryFilter filter, CancellationToken cancellation)
    {
        var found = await ListAsync(filter with { Max = int.MaxValue }, cancellation);
        foreach (var series in found)
        {
            _store.Remove(series.Series);
        }

        // Memory goes last: what is asked meanwhile must not be recalled from a store that still has it.
        await _store.FlushAsync(cancellation);
        foreach (var series in found)
        {
            _series.TryRemove(series.Series, out _);
        }

        return found.Count;
    }

    /// <summary>All rows of a series with what stands around them, or null where it is not held.</summary>
    public async ValueTask<(HistoryHead Head, HistoryRows Rows)?> ReadAsync(ItemKey series, CancellationToken cancellation) =>
        await _store.LoadAsync(series, cancellation) is { } head
            ? (head, await _store.LoadRowsAsync(series, new InstantRange(long.MinValue, long.MaxValue), cancellation))
            : null;

    private CandleSeries Of(ItemKey key)
    {
        var series = _series.GetOrAdd(key, static key => new CandleSeries(key));
        series.UsedAt = Interlocked.Increment(ref _uses);
        return series;
    }

    private LandedRows Cut(RangeRequest chunk, BarFinality finality, SplitRows split, Entry answer, DateTimeOffset? upstreamDate)
    {
        var sent = _clock.WallNow - (_clock.Now - answer.SentAt);
        // Whichever clock runs behind decides: an upstream that is seconds behind still forms the bar that has closed here.
        var seen = upstreamDate < sent ? upstreamDate.Value : sent;
        var finalEnd = Math.Clamp(finality.EmptyBefore(seen), chunk.Asked.Start, finality.NextPossible(chunk.Asked.End));
        foreach (var row in split.Rows)
        {
            if (!finality.IsFinal(row.Bar, seen))
            {
                finalEnd = Math.Min(finalEnd, row.Bar);
                break;
            }

            finalEnd = Math.Max(finalEnd, finality.NextStamp(row.Bar));
        }

        // Copied, so that the frame does not keep a whole answer alive.
        ReadOnlyMemory<byte>? separator = split.Separator is { } between ? between.ToArray() : (ReadOnlyMemory<byte>?)null;
        var frame = new HistoryFrame(split.Prefix.ToArray(), separator, split.Suffix.ToArray(), answer.ContentType, answer.Headers, answer.SentAt);
        var final = chunk.Asked with { End = finalEnd };
        if (finalEnd >= chunk.Asked.End)
        {
            return new LandedRows(chunk.Asked, final, split.Rows, frame, Open: null);
        }

        var openRange = new InstantRange(finalEnd, OpenEnd(chunk, finality, sent));
        List<CandleRow> rows = [.. split.Rows.Where(row => row.Bar >= finalEnd)];
        return new LandedRows(chunk.Asked, final, split.Rows, frame, new OpenPart(openRange, rows, Bodiless(answer)));
    }

    /// <summary>No bar is stamped after the send, so an answer that reaches it, or the bar that runs then, speaks for all that may be asked while it is fresh.</summary>
    private long OpenEnd(RangeRequest chunk, BarFinality finality, DateTimeOffset sent)
    {
        var last = DateTimeOffset.FromUnixTimeSeconds(chunk.Asked.End - 1);
        var next = chunk.IsDay
            ? DateTimeOffset.FromUnixTimeSeconds(finality.NextStamp(chunk.Asked.End - 1))
            : chunk.Market is { } market ? _markets.NextBarClose(market, last, chunk.Interval.Bar) : null;
        return last >= sent || next > sent ? long.MaxValue : chunk.Asked.End;
    }

    private static Entry Bodiless(Entry answer) => new()
    {
        Key = answer.Key,
        Body = default,
        Status = answer.Status,
        ContentType = answer.ContentType,
        SentAt = answer.SentAt,
        FreshUntil = answer.FreshUntil,
        StaleUntil = answer.StaleUntil,
        Version = answer.Version,
    };

    private void Evict(CandleSeries inUse)
    {
        // Looked at first because the sum takes a walk; racing writers at worst both walk.
        if (inUse.Bytes == 0)
        {
            return;
        }

        lock (_eviction)
        {
            var bytes = _series.Values.Sum(static series => series.Bytes);
            while (bytes > _bytesMax && _series.Values.Where(series => series != inUse).MinBy(static series => series.UsedAt) is { } oldest)
            {
                _series.TryRemove(oldest.Key, out _);
                bytes -= oldest.Bytes;
            }
        }
    }
}
