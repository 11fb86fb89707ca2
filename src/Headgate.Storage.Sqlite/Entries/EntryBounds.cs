namespace Headgate.Storage.Sqlite;

/// <summary>Keeps each kind within its bytes and age: least recently used first, down to nine tenths, so that not every write prunes.</summary>
/// <remarks>Used by the writer alone. Its counts follow the transaction at hand and are read anew with a new session after a fault.</remarks>
internal sealed class EntryBounds
{
    private const int EvictAtOnce = 256;

    private static readonly TimeSpan AgeEvery = TimeSpan.FromMinutes(1);

    private readonly EntryStoreOptions _options;
    private readonly Statement _oldest;
    private readonly Statement _aged;
    private readonly Statement _delete;
    private readonly long[] _bytes = new long[3];
    private DateTimeOffset _agedAt = DateTimeOffset.MinValue;

    public EntryBounds(Func<string, int, Statement> prepare, EntryStoreOptions options)
    {
        _options = options;
        _oldest = prepare($"SELECT id, size, body_file FROM entries WHERE kind = ?1 ORDER BY used_ms LIMIT {EvictAtOnce}", 1);
        _aged = prepare($"SELECT id, size, body_file FROM entries WHERE kind = ?1 AND sent_at < ?2 LIMIT {EvictAtOnce}", 2);
        _delete = prepare("DELETE FROM entries WHERE id = ?1", 1);
        using var row = prepare("SELECT kind, sum(size) FROM entries GROUP BY kind", 0).Read();
        while (row.Read())
        {
            _bytes[row.GetInt32(0)] = row.GetInt64(1);
        }
    }

    public void Added(EntryKind kind, long size) => _bytes[(int)kind] += size;

    public void Removed(EntryKind kind, long size) => _bytes[(int)kind] -= size;

    public void Cleared() => Array.Clear(_bytes);

    /// <summary>Prunes; true when anything went. The files of what went are added to <paramref name="dropped"/>.</summary>
    public bool Apply(DateTimeOffset now, List<string> dropped)
    {
        var pruned = false;
        var byAge = now - _agedAt >= AgeEvery;
        foreach (var kind in Enum.GetValues<EntryKind>())
        {
            var bounds = _options.BoundsOf(kind);
            if (byAge)
            {
                var before = Math.Max(0, now.UtcTicks - bounds.AgeMax.Ticks);
                pruned |= Evict(kind, long.MinValue, () => _aged.Read((long)kind, before), dropped);
            }

            if (_bytes[(int)kind] > bounds.BytesMax)
            {
                pruned |= Evict(kind, bounds.BytesMax / 10 * 9, () => _oldest.Read((long)kind), dropped);
            }
        }

        if (byAge)
        {
            _agedAt = now;
        }

        return pruned;
    }

    private bool Evict(EntryKind kind, long downTo, Func<Microsoft.Data.Sqlite.SqliteDataReader> candidates, List<string> dropped)
    {
        var any = false;
        while (_bytes[(int)kind] > downTo)
        {
            var rows = new List<(long Id, long Size)>(EvictAtOnce);
            using (var row = candidates())
            {
                while (row.Read() && _bytes[(int)kind] > downTo)
                {
                    rows.Add((row.GetInt64(0), row.GetInt64(1)));
                    _bytes[(int)kind] -= row.GetInt64(1);
                    if (!row.IsDBNull(2))
                    {
                        dropped.Add(row.GetString(2));
                    }
                }
            }

            if (rows.Count == 0)
            {
                return any;
            }

            foreach (var (id, _) in rows)
            {
                _delete.Run(id);
            }

            any = true;
        }

        return any;
    }
}
