using System.Collections.Concurrent;

namespace Headgate.Gateway.Tests.Support;

/// <summary>Records that need not outlive the test.</summary>
internal sealed class MemoryRecords : IRecordStore
{
    private readonly ConcurrentDictionary<(string Kind, string Id), StoredRecord> _records = new();

    public ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            _records[(record.Kind, record.Id)] = record;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => ValueTask.FromResult(_records.TryAdd((record.Kind, record.Id), record));

    public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => ValueTask.FromResult(_records.GetValueOrDefault((kind, id)));

    public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<StoredRecord>>([.. _records.Values.Where(record => record.Kind == query.Kind).OrderBy(record => record.At)]);

    public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => ValueTask.FromResult(_records.TryRemove((kind, id), out _));
}
