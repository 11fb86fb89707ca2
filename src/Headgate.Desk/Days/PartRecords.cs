namespace Headgate.Desk.Days;

/// <summary>One fleet's part of records that several share: its kinds carry its name, so that no two can meet.</summary>
internal sealed class PartRecords(IRecordStore inner, string part) : IRecordStore
{
    public ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation) => inner.PutAsync([.. records.Select(Out)], cancellation);

    public ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation) => inner.TryAddAsync(Out(record), cancellation);

    public async ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation) =>
        await inner.GetAsync(KindOf(kind), id, cancellation) is { } record ? record with { Kind = kind } : null;

    public async ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation) =>
        [.. (await inner.QueryAsync(query with { Kind = KindOf(query.Kind) }, cancellation)).Select(record => record with { Kind = query.Kind })];

    public ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation) => inner.DeleteAsync(KindOf(kind), id, cancellation);

    private StoredRecord Out(StoredRecord record) => record with { Kind = KindOf(record.Kind) };

    private string KindOf(string kind) => $"{part}/{kind}";
}
