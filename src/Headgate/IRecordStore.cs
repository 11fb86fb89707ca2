namespace Headgate;

/// <summary>Durable records by kind and id: alerts, runs, watchlists, demand records. A small general store, not a query engine.</summary>
/// <remarks>Thread-safe. A completed write is durable. Kinds are kept apart: ids and retention are per kind.</remarks>
public interface IRecordStore
{
    /// <summary>Stores records, replacing those of the same kind and id; all of them or, when it throws, none.</summary>
    /// <exception cref="IOException">They could not be made durable.</exception>
    /// <exception cref="ArgumentException">A kind, id or content is larger than the store takes.</exception>
    ValueTask PutAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation);

    /// <summary>Stores the record unless one of its kind and id exists; false, and nothing changed, when one does. Decides races, also across restarts.</summary>
    ValueTask<bool> TryAddAsync(StoredRecord record, CancellationToken cancellation);

    /// <summary>The record, or null.</summary>
    ValueTask<StoredRecord?> GetAsync(string kind, string id, CancellationToken cancellation);

    /// <summary>Records of one kind, ordered by <see cref="StoredRecord.At"/> and then by id.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> QueryAsync(RecordQuery query, CancellationToken cancellation);

    /// <summary>Removes it; false when there was none.</summary>
    ValueTask<bool> DeleteAsync(string kind, string id, CancellationToken cancellation);
}

/// <summary>One record.</summary>
/// <param name="Kind">What it is, as <c>desk.alert</c>; 1 to 128 characters.</param>
/// <param name="Id">Unique within its kind; 1 to 512 characters.</param>
/// <param name="At">The instant it belongs to (wall clock): queries and retention go by it. Kept to 100 ns, returned as UTC.</param>
/// <param name="Content">Usually UTF-8 JSON; at most 16 MiB.</param>
public sealed record StoredRecord(string Kind, string Id, DateTimeOffset At, ReadOnlyMemory<byte> Content);

/// <summary>Which records of a kind.</summary>
/// <param name="Kind">The kind.</param>
public sealed record RecordQuery(string Kind)
{
    /// <summary>Not before this instant; null for any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant; null for any.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Ids that begin with this (ordinal); empty for all.</summary>
    public string IdPrefix { get; init; } = "";

    /// <summary>Newest first; default oldest first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Records at most, 1 or more; default 1,000.</summary>
    public int Max { get; init; } = 1_000;
}
