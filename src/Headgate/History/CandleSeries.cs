using Headgate.Caching;
using Headgate.Catalogue;

namespace Headgate.History;

/// <summary>One series in memory: rows by bar, which seconds they answer for, and the part that is still open. Thread-safe.</summary>
/// <remarks>What the store holds besides is brought in range by range; <see cref="Held"/> speaks for memory, <see cref="Stored"/> for both.</remarks>
internal sealed class CandleSeries
{
    // Fleets ask a series in a few forms (30, 50, 365 days); more answers than that are put together anew.
    private const int AnswersMax = 4;
    private const int RowOverhead = 40;

    private readonly Lock _gate = new();
    private readonly List<long> _bars = [];
    private readonly List<ReadOnlyMemory<byte>> _rows = [];
    private readonly List<(InstantRange Asked, ItemKey Key, long Change, Entry Answer)> _answers = [];
    private HistoryFrame? _frame;
    private OpenPart? _open;
    private long _change;

    public CandleSeries(ItemKey key) => Key = key;

    public ItemKey Key { get; }

    /// <summary>Known seconds whose rows are in memory.</summary>
    public Coverage Held { get; private set; } = Coverage.Empty;

    /// <summary>Known seconds, in memory or in the store.</summary>
    public Coverage Stored { get; private set; } = Coverage.Empty;

    /// <summary>Has the store been asked what it knows?</summary>
    public bool IsRecalled { get; private set; }

    /// <summary>Bytes charged for what is held.</summary>
    public long Bytes { get; private set; }

    /// <summary>When it was last used, in the book's own count.</summary>
    public long UsedAt { get; set; }

    /// <summary>What stands between two rows, or null while no answer had two.</summary>
    public ReadOnlyMemory<byte>? Separator
    {
        get
        {
            lock (_gate)
            {
                return _frame?.Separator;
            }
        }
    }

    /// <summary>Takes in what the store knows.</summary>
    public void Recall(HistoryHead? head)
    {
        lock (_gate)
        {
            IsRecalled = true;
            if (head is null)
            {
                return;
            }

            Stored = head.Covered.Aggregate(Stored, static (coverage, range) => coverage.With(range));
            _frame = _frame is null ? head.Frame : _frame with { Separator = _frame.Separator ?? head.Frame.Separator };
        }
    }

    /// <summary>Known seconds of the range whose rows only the store has.</summary>
    public IReadOnlyList<InstantRange> Absent(InstantRange range)
    {
        lock (_gate)
        {
            return [.. Stored.Within(range).SelectMany(Held.Missing)];
        }
    }

    /// <summary>Takes in rows from the store, where memory has not learnt better meanwhile.</summary>
    public void Fill(InstantRange range, HistoryRows found)
    {
        lock (_gate)
        {
            // What the store has lost since it was asked is known no longer.
            Stored = Stored.Without(range);
            foreach (var part in found.Covered.SelectMany(Held.Missing).ToList())
            {
                ReplaceNeedsLock(part, found.Rows.Where(row => part.Contains(row.Bar)));
                Held = Held.With(part);
            }

            Stored = Held.Within(range).Aggregate(Stored, static (coverage, part) => coverage.With(part));
        }
    }

    /// <summary>Takes in what a call brought; answers with the final part of it, to be stored, or null when none of it is final.</summary>
    public HistoryWrite? Land(LandedRows landed)
    {
        lock (_gate)
        {
            _change++;
            var frame = landed.Frame with { Separator = landed.Frame.Separator ?? _frame?.Separator };
            _frame = _frame is { } held && held.SentAt > frame.SentAt ? held : frame;
            if (landed.Open is { } open && (_open is null || open.Entry.SentAt >= _open.Entry.SentAt))
            {
                _open = open;
            }

            var final = landed.Final;
            if (final.IsEmpty)
            {
                return null;
            }

            List<CandleRow> rows = [.. landed.Rows.Where(row => final.Contains(row.Bar))];
            ReplaceNeedsLock(final, rows);
            Held = Held.With(final);
            Stored = Stored.With(final);
            return new HistoryWrite(Key, final, rows, frame);
        }
    }

    /// <summary>What it holds for a demand.</summary>
    /// <param name="range">What is asked.</param>
    /// <param name="key">The answer's own key.</param>
    /// <param name="freshness">The demand's bounds; closed bars are final, so they bind the open part alone, except for a zero <c>max-age</c>.</param>
    /// <param name="model">The endpoint's freshness.</param>
    /// <param name="now">When it is asked.</param>
    /// <param name="nextVersion">Versions for new answers.</param>
    public SeriesView View(RangeRequest range, ItemKey key, in Freshness freshness, FreshnessModel model, EngineTime now, Func<long> nextVersion)
    {
        if (freshness.MaxAge == TimeSpan.Zero)
        {
            return SeriesView.Nothing(range.Asked);
        }

        lock (_gate)
        {
            var missing = Held.Missing(range.Asked);
            if (missing.Count == 0)
            {
                return new SeriesView([], Verdict.Fresh, AnswerNeedsLock(range, key, null, nextVersion));
            }

            if (_open is not { } open)
            {
                return new SeriesView(missing, Verdict.Unusable, null);
            }

            var verdict = FreshnessJudge.Judge(open.Entry, freshness, model, now, default);
            List<InstantRange> beyond = [.. missing.SelectMany(gap => Coverage.Empty.With(open.Range).Missing(gap))];
            if (beyond.Count > 0)
            {
                return new SeriesView(verdict == Verdict.Fresh ? beyond : missing, Verdict.Unusable, null);
            }

            return verdict == Verdict.Unusable
                ? new SeriesView(missing, verdict, null)
                : new SeriesView(verdict >= Verdict.StaleAllowed ? [] : missing, verdict, AnswerNeedsLock(range, key, open, nextVersion));
        }
    }

    /// <summary>The final rows held of a range and the seconds they answer for.</summary>
    public HistoryRows Final(InstantRange range)
    {
        lock (_gate)
        {
            return new HistoryRows(Held.Within(range), HeldNeedsLock(range));
        }
    }

    /// <summary>Is all of the range known and in memory, or fresh in the open part?</summary>
    public bool Holds(InstantRange range, in Freshness freshness, FreshnessModel model, EngineTime now)
    {
        if (freshness.MaxAge == TimeSpan.Zero)
        {
            return false;
        }

        lock (_gate)
        {
            var open = _open is { } held && FreshnessJudge.Judge(held.Entry, freshness, model, now, default) == Verdict.Fresh ? held.Range : default;
            return Held.With(open).Covers(range);
        }
    }

    /// <summary>The rows of a range, newest knowledge last: what is held, covered by what a demand's own calls brought.</summary>
    public (IReadOnlyList<CandleRow> Rows, OpenPart? Open) Rows(InstantRange range, IReadOnlyList<LandedRows> landed)
    {
        lock (_gate)
        {
            var rows = new SortedDictionary<long, CandleRow>();
            var known = landed.Aggregate(Held, static (coverage, call) => coverage.With(call.Range));
            var open = _open is { } part && known.Missing(range).Any(gap => !gap.And(part.Range).IsEmpty) ? part : null;
            foreach (var row in WithOpenNeedsLock(range, open))
            {
                rows[row.Bar] = row;
            }

            foreach (var call in landed)
            {
                foreach (var bar in rows.Keys.Where(call.Range.Contains).ToList())
                {
                    rows.Remove(bar);
                }

                foreach (var row in call.Rows.Where(row => range.Contains(row.Bar)))
                {
                    rows[row.Bar] = row;
                }
            }

            return ([.. rows.Values], open ?? landed.LastOrDefault(static call => call.Open is not null)?.Open);
        }
    }

    private Entry AnswerNeedsLock(RangeRequest range, ItemKey key, OpenPart? open, Func<long> nextVersion)
    {
        var known = _answers.FindIndex(answer => answer.Asked == range.Asked && answer.Change == _change && answer.Key == key);
        if (known >= 0)
        {
            return _answers[known].Answer;
        }

        var answer = HistoryAssembler.ToEntry(key, WithOpenNeedsLock(range.Asked, open), _frame!, range.Model.Descending, open?.Entry, nextVersion());
        foreach (var old in _answers.Where(old => old.Change != _change).Concat(_answers.Count >= AnswersMax ? _answers.Take(1) : []).Distinct().ToList())
        {
            _answers.Remove(old);
            Bytes -= old.Answer.Size;
        }

        _answers.Add((range.Asked, key, _change, answer));
        Bytes += answer.Size;
        return answer;
    }

    // What has become final since the open part was sent is the better knowledge.
    private List<CandleRow> WithOpenNeedsLock(InstantRange range, OpenPart? open)
    {
        var rows = HeldNeedsLock(range);
        if (open is not null)
        {
            rows.AddRange(open.Rows.Where(row => range.Contains(row.Bar) && !Held.Covers(new InstantRange(row.Bar, row.Bar + 1))));
            rows.Sort(static (left, right) => left.Bar.CompareTo(right.Bar));
        }

        return rows;
    }

    private List<CandleRow> HeldNeedsLock(InstantRange range)
    {
        var first = IndexNeedsLock(range.Start);
        var end = IndexNeedsLock(range.End);
        List<CandleRow> rows = new(end - first);
        for (var i = first; i < end; i++)
        {
            rows.Add(new CandleRow(_bars[i], _rows[i]));
        }

        return rows;
    }

    private void ReplaceNeedsLock(InstantRange range, IEnumerable<CandleRow> rows)
    {
        var first = IndexNeedsLock(range.Start);
        var end = IndexNeedsLock(range.End);
        for (var i = first; i < end; i++)
        {
            Bytes -= _rows[i].Length + RowOverhead;
        }

        _bars.RemoveRange(first, end - first);
        _rows.RemoveRange(first, end - first);
        List<CandleRow> added = [.. rows];
        _bars.InsertRange(first, added.Select(static row => row.Bar));
        _rows.InsertRange(first, added.Select(static row => row.Text));
        Bytes += added.Sum(static row => (long)row.Text.Length + RowOverhead);
        _change++;
    }

    private int IndexNeedsLock(long bar)
    {
        var index = _bars.BinarySearch(bar);
        return index < 0 ? ~index : index;
    }
}
