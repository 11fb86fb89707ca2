namespace Headgate.Desk.Tests.Fleet;

/// <summary>Tells a test of every durable write of a kind, before and after it, so that a process can die exactly there.</summary>
internal sealed class KillingRecords(IRecordStore inner, Func<StoredRecord, bool, Task> at) : IRecordStore
{
    public async ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        await at(records[0], false);
        await inner.PutAsync(records, cancellation);
        await at(records[0], true);
    }

    public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => inner.TryAddAsync(record, cancellation);

    public ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) => inner.GetAsync(kind, id, cancellation);

    public ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation) => inner.QueryAsync(query, cancellation);

    public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => inner.DeleteAsync(kind, id, cancellation);
}
