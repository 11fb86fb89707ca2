namespace Headgate.Desk.Tests.Alerts;

/// <summary>What survives a process: records by kind and id. Tells before and after each write, so that a test may pull the plug there.</summary>
internal sealed class PlugDisk
{
    public Dictionary<(string Kind, string Id), StoredRecord> Records { get; } = [];

    public int Writes { get; set; }

    /// <summary>Number of the write (from 1) and whether it is done; throws or kills.</summary>
    public Action<int, bool>? OnWrite { get; set; }
}

/// <summary>A process's view of a <see cref="PlugDisk"/>. Every write takes a virtual millisecond.</summary>
internal sealed class PlugRecords(PlugDisk disk, TimeProvider time) : IRecordStore
{
    public async ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation) => await WriteAsync(() =>
    {
        foreach (var record in records)
        {
            disk.Records[(record.Kind, record.Id)] = record;
        }

        return true;
    });

    public async ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => await WriteAsync(() => disk.Records.TryAdd((record.Kind, record.Id), record));

    public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => new(disk.Records.GetValueOrDefault((kind, id)));

    public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation)
    {
        var found = disk.Records.Values
            .Where(record => record.Kind == query.Kind && record.Id.StartsWith(query.IdPrefix, StringComparison.Ordinal))
            .Where(record => (query.From is not { } from || record.At >= from) && (query.Before is not { } before || record.At < before))
            .OrderBy(record => record.At).ThenBy(record => record.Id, StringComparer.Ordinal);
        return new ValueTask<IReadOnlyList<StoredRecord>>([.. (query.NewestFirst ? found.Reverse() : found).Take(query.Max)]);
    }

    public async ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => await WriteAsync(() => disk.Records.Remove((kind, id)));

    private async Task<T> WriteAsync<T>(Func<T> write)
    {
        var number = ++disk.Writes;
        disk.OnWrite?.Invoke(number, false);
        await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        var result = write();
        disk.OnWrite?.Invoke(number, true);
        return result;
    }
}
