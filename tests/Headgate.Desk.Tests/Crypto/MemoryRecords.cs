namespace Headgate.Desk.Tests.Crypto;

/// <summary>Records that outlive a pipeline, not a test.</summary>
internal sealed class MemoryRecords : IRecordStore
{
    private readonly SortedDictionary<(string Kind, string Id), StoredRecord> _records = [];

    /// <summary>Whether nothing more can be put.</summary>
    public bool IsFull { get; set; }

    public ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        if (IsFull)
        {
            throw new IOException("disk full");
        }

        foreach (var record in records)
        {
            _records[(record.Kind, record.Id)] = record;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => new(_records.TryAdd((record.Kind, record.Id), record));

    public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => new(_records.GetValueOrDefault((kind, id)));

    public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation) =>
        new([.. _records.Values.Where(record => record.Kind == query.Kind && record.Id.StartsWith(query.IdPrefix, StringComparison.Ordinal)).OrderBy(record => record.At).Take(query.Max)]);

    public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => new(_records.Remove((kind, id)));
}
