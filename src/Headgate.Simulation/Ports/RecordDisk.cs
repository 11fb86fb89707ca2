namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryRecordStore"/>: what survives a crash. Hand it to the next process's store. Thread-safe.</summary>
/// <remarks>Written by whole commits only: records put together are all there or none is.</remarks>
public sealed class RecordDisk
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KindOfRecords> _kinds = new(StringComparer.Ordinal);

    /// <summary>Records held, of all kinds.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kinds.Values.Sum(static kind => kind.ById.Count);
            }
        }
    }

    internal void Put(IReadOnlyList<StoredRecord> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                var kind = Of(record.Kind);
                kind.Remove(record.Id);
                kind.Add(record with { At = record.At.ToUniversalTime(), Content = record.Content.ToArray() });
            }
        }
    }

    internal bool TryAdd(StoredRecord record)
    {
        lock (_lock)
        {
            if (Of(record.Kind).ById.ContainsKey(record.Id))
            {
                return false;
            }

            Put([record]);
            return true;
        }
    }

    internal bool Delete(string kind, string id)
    {
        lock (_lock)
        {
            return Of(kind).Remove(id);
        }
    }

    internal StoredRecord? Get(string kind, string id)
    {
        lock (_lock)
        {
            return _kinds.GetValueOrDefault(kind)?.ById.GetValueOrDefault(id);
        }
    }

    internal IReadOnlyList<StoredRecord> Query(RecordQuery query)
    {
        lock (_lock)
        {
            if (_kinds.GetValueOrDefault(query.Kind) is not { } kind)
            {
                return [];
            }

            // Ids are never empty, so the bound sorts before every record of its instant.
            var from = (query.From?.UtcTicks ?? long.MinValue, "");
            var before = (query.Before?.UtcTicks ?? long.MaxValue, "");
            if (from.CompareTo(before) >= 0)
            {
                return [];
            }

            var keys = kind.ByTime.GetViewBetween(from, before);
            return
            [
                .. (query.NewestFirst ? keys.Reverse() : keys)
                    .Where(key => key.Id.StartsWith(query.IdPrefix, StringComparison.Ordinal))
                    .Take(query.Max)
                    .Select(key => kind.ById[key.Id]),
            ];
        }
    }

    private KindOfRecords Of(string kind)
    {
        if (!_kinds.TryGetValue(kind, out var records))
        {
            _kinds.Add(kind, records = new KindOfRecords());
        }

        return records;
    }

    private sealed class KindOfRecords
    {
        public Dictionary<string, StoredRecord> ById { get; } = new(StringComparer.Ordinal);

        public SortedSet<(long At, string Id)> ByTime { get; } = new(Comparer<(long At, string Id)>.Create(static (one, other) =>
            one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Id, other.Id)));

        public void Add(StoredRecord record)
        {
            ById.Add(record.Id, record);
            ByTime.Add((record.At.UtcTicks, record.Id));
        }

        public bool Remove(string id) => ById.Remove(id, out var record) && ByTime.Remove((record.At.UtcTicks, id));
    }
}
