using Headgate.Refresh;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The record store's writing connection.</summary>
internal sealed class RecordSession : WriteSession
{
    private readonly Statement _put;
    private readonly Statement _add;
    private readonly Statement _delete;
    private readonly Statement _pruneOld;
    private readonly Statement _sum;
    private readonly Statement _oldest;
    private readonly Statement _putWatch;
    private readonly Statement _removeWatch;
    private readonly Statement _pin;
    private readonly Statement _unpin;

    private readonly RecordStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private DateTimeOffset _prunedAt = DateTimeOffset.MinValue;

    public RecordSession(SqliteConnection connection, string path, RecordStoreOptions options, TimeProvider time)
        : base(connection, path)
    {
        _options = options;
        _time = time;
        _put = Prepare(
            """
            INSERT INTO records (kind, id, at, content, size) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET at = excluded.at, content = excluded.content, size = excluded.size
            """, 5);
        _add = Prepare("INSERT INTO records (kind, id, at, content, size) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", 5);
        _delete = Prepare("DELETE FROM records WHERE kind = ?1 AND id = ?2", 2);
        _pruneOld = Prepare("DELETE FROM records WHERE kind = ?1 AND at < ?2", 2);
        _sum = Prepare("SELECT sum(size) FROM records WHERE kind = ?1", 1);
        _oldest = Prepare("SELECT id, size FROM records WHERE kind = ?1 ORDER BY at, id LIMIT 256", 1);
        _putWatch = Prepare("INSERT OR REPLACE INTO watches (name, provider, target, interval_ticks, priority) VALUES (?1, ?2, ?3, ?4, ?5)", 5);
        _removeWatch = Prepare("DELETE FROM watches WHERE name = ?1", 1);
        _pin = Prepare("INSERT OR REPLACE INTO refresh_pins (provider, strategy) VALUES (?1, ?2)", 2);
        _unpin = Prepare("DELETE FROM refresh_pins WHERE provider = ?1", 1);
        foreach (var kind in Kinds(connection))
        {
            _touched.Add(kind);
        }
    }

    public void Put(StoredRecord record) => _put.Run(Values(record));

    public bool TryAdd(StoredRecord record) => _add.Run(Values(record)) == 1;

    public bool Delete(string kind, string id) => _delete.Run(kind, id) == 1;

    public void PutWatch(Watch watch) => _putWatch.Run(watch.Name, watch.Provider, watch.Target, watch.Interval?.Ticks, watch.Priority.ToString());

    public bool RemoveWatch(string name) => _removeWatch.Run(name) == 1;

    public void Pin(string provider, RefreshStrategy? strategy)
    {
        if (strategy is { } pinned)
        {
            _pin.Run(provider, pinned.ToString());
        }
        else
        {
            _unpin.Run(provider);
        }
    }

    public override void Commit()
    {
        var now = _time.GetUtcNow();
        if (now - _prunedAt >= _options.PruneEvery)
        {
            _prunedAt = now;
            foreach (var kind in _touched)
            {
                Prune(kind, _options.Retention.GetValueOrDefault(kind, _options.Default), now);
            }
        }

        base.Commit();
        SqliteFile.Execute(Connection, "PRAGMA incremental_vacuum(64)");
    }

    private static List<string> Kinds(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "SELECT DISTINCT kind FROM records", 0);
        using var reader = statement.Read();
        var kinds = new List<string>();
        while (reader.Read())
        {
            kinds.Add(reader.GetString(0));
        }

        return kinds;
    }

    private object?[] Values(StoredRecord record)
    {
        // Kinds are words of the program's own, so the set stays small. A kind stays in it even if this transaction is rolled back: harmless.
        _touched.Add(record.Kind);
        return [record.Kind, record.Id, record.At.UtcTicks, record.Content.ToArray(), (long)record.Content.Length];
    }

    private void Prune(string kind, RecordRetention retention, DateTimeOffset now)
    {
        if (retention.AgeMax is { } age)
        {
            _pruneOld.Run(kind, (now - age).UtcTicks);
        }

        var over = (_sum.Scalar(kind) as long? ?? 0) - retention.BytesMax;
        while (over > 0)
        {
            var oldest = Oldest(kind);
            if (oldest.Count == 0)
            {
                return;
            }

            foreach (var (id, size) in oldest)
            {
                if (over <= 0)
                {
                    return;
                }

                _delete.Run(kind, id);
                over -= size;
            }
        }
    }

    private List<(string Id, long Size)> Oldest(string kind)
    {
        using var reader = _oldest.Read(kind);
        var rows = new List<(string, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return rows;
    }
}
