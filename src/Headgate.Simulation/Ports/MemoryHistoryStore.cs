using Headgate.History;

namespace Headgate.Simulation;

/// <summary>
/// A history store in memory that behaves like one on a disk: written behind, in steps that a crash may fall between. Rows come first and what they cover
/// last, and a range that is written anew is uncovered before.
/// </summary>
/// <remarks>One per process; the <see cref="HistoryDisk"/> outlives it. For the pump's one thread.</remarks>
public sealed class MemoryHistoryStore : IHistoryStore
{
    private readonly HistoryDisk _disk;
    private readonly List<Action> _steps = [];
    private readonly List<TaskCompletionSource> _flushes = [];
    private readonly WriteBehindTimer _behind;
    private bool _crashed;

    /// <param name="disk">What is durable.</param>
    /// <param name="time">The world's clock.</param>
    public MemoryHistoryStore(HistoryDisk disk, VirtualTime time)
    {
        _disk = disk;
        _behind = new WriteBehindTimer(time, Flush);
    }

    /// <summary>What is put becomes durable this long after; default 100 ms.</summary>
    public TimeSpan WriteBehind
    {
        get => _behind.Delay;
        set => _behind.Delay = value;
    }

    public string? LastError { get; set; }

    public ValueTask<HistoryHead?> LoadAsync(ItemKey series, CancellationToken cancellation) =>
        new(_disk.Series.TryGetValue(HistoryDisk.NameOf(series), out var stored) ? Head(stored) : null);

    public ValueTask<HistoryRows> LoadRowsAsync(ItemKey series, InstantRange range, CancellationToken cancellation) =>
        new(_disk.Series.TryGetValue(HistoryDisk.NameOf(series), out var stored)
            ? new HistoryRows(
                [.. stored.Covered.Select(held => held.And(range)).Where(static part => !part.IsEmpty)],
                [.. stored.Rows.Values.Where(row => range.Contains(row.Bar))])
            : HistoryRows.None);

    public ValueTask<IReadOnlyList<HistoryInfo>> ListAsync(HistoryFilter filter, CancellationToken cancellation) => new(
    [
        .. _disk.Series.Values.Where(stored => filter.Matches(stored.Key, stored.Frame.SentAt)).Take(filter.Max)
            .Select(static stored => new HistoryInfo(stored.Key, [.. stored.Covered], stored.Rows.Count, stored.Rows.Values.Sum(static row => (long)row.Text.Length), stored.Frame.SentAt)),
    ]);

    public void Put(HistoryWrite write)
    {
        Queue(() => Of(write).Uncover(write.Range));
        Queue(() => Replace(Of(write), write));
        Queue(() => Of(write).Cover(write.Range));
    }

    public void Remove(ItemKey series) => Queue(() => _disk.Series.Remove(HistoryDisk.NameOf(series)));

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_steps.Count == 0 || _crashed)
        {
            return ValueTask.CompletedTask;
        }

        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Add(flushed);
        return new ValueTask(flushed.Task);
    }

    /// <summary>The process dies after so many more steps of what is queued; the rest is gone.</summary>
    public void Crash(int afterSteps = 0)
    {
        foreach (var step in _steps.Take(afterSteps))
        {
            step();
        }

        _crashed = true;
        _steps.Clear();
    }

    private static HistoryHead Head(HistoryDisk.StoredSeries stored) => new(stored.Key, [.. stored.Covered], stored.Frame);

    private static void Replace(HistoryDisk.StoredSeries series, HistoryWrite write)
    {
        foreach (var bar in series.Rows.Keys.Where(write.Range.Contains).ToList())
        {
            series.Rows.Remove(bar);
        }

        foreach (var row in write.Rows)
        {
            series.Rows[row.Bar] = row;
        }

        series.Frame = write.Frame with { Separator = write.Frame.Separator ?? series.Frame.Separator };
    }

    private HistoryDisk.StoredSeries Of(HistoryWrite write)
    {
        var name = HistoryDisk.NameOf(write.Series);
        if (!_disk.Series.TryGetValue(name, out var series))
        {
            series = new HistoryDisk.StoredSeries { Key = write.Series, Frame = write.Frame };
            _disk.Series.Add(name, series);
        }

        return series;
    }

    private void Queue(Action step)
    {
        if (_crashed)
        {
            return;
        }

        _steps.Add(step);
        _behind.Arm();
    }

    private void Flush()
    {
        _steps.ForEach(static step => step());
        _steps.Clear();
        _flushes.ForEach(static flush => flush.TrySetResult());
        _flushes.Clear();
    }
}
