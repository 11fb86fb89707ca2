using Headgate.History;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The history store's writing connection. Rows and what they cover change in one transaction.</summary>
internal sealed class HistorySession : WriteSession
{
    // A row's keys and its share of pages besides its text, rounded up.
    private const int RowBytes = 24;
    private const int SeriesBytes = 512;

    private static readonly TimeSpan AgeEvery = TimeSpan.FromHours(1);

    private readonly HistoryStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Statement _series;
    private readonly Statement _find;
    private readonly Statement _sizeOf;
    private readonly Statement _clear;
    private readonly Statement _insert;
    private readonly Statement _touching;
    private readonly Statement _uncover;
    private readonly Statement _cover;
    private readonly Statement _grow;
    private readonly Statement _use;
    private readonly Statement _oldest;
    private readonly Statement _aged;
    private readonly Statement[] _delete;
    private DateTimeOffset _agedAt = DateTimeOffset.MinValue;
    private bool _pruned;

    public HistorySession(SqliteConnection connection, string path, HistoryStoreOptions options, TimeProvider time)
        : base(connection, path)
    {
        _options = options;
        _time = time;
        _series = Prepare(
            $"""
             INSERT INTO candle_series (endpoint, owner_high, owner_low, item, prefix, separator, suffix, content_type, headers, sent_at, size, used_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, {SeriesBytes}, ?11)
             ON CONFLICT (endpoint, owner_high, owner_low, item) DO UPDATE SET
                 prefix = excluded.prefix, separator = coalesce(excluded.separator, separator), suffix = excluded.suffix, content_type = excluded.content_type,
                 headers = excluded.headers, sent_at = excluded.sent_at, used_ms = excluded.used_ms
             RETURNING id
             """, 11);
        _find = Prepare("SELECT id FROM candle_series WHERE endpoint = ?1 AND owner_high = ?2 AND owner_low = ?3 AND item = ?4", 4);
        _sizeOf = Prepare($"SELECT sum(length(row) + {RowBytes}) FROM candles WHERE series = ?1 AND bar >= ?2 AND bar < ?3", 3);
        _clear = Prepare("DELETE FROM candles WHERE series = ?1 AND bar >= ?2 AND bar < ?3", 3);
        _insert = Prepare("INSERT INTO candles (series, bar, row) VALUES (?1, ?2, ?3)", 3);
        _touching = Prepare("""SELECT min("from"), max("to") FROM candle_coverage WHERE series = ?1 AND "from" <= ?3 AND "to" >= ?2""", 3);
        _uncover = Prepare("""DELETE FROM candle_coverage WHERE series = ?1 AND "from" >= ?2 AND "to" <= ?3""", 3);
        _cover = Prepare("""INSERT INTO candle_coverage (series, "from", "to") VALUES (?1, ?2, ?3)""", 3);
        _grow = Prepare("UPDATE candle_series SET size = size + ?2 WHERE id = ?1", 2);
        _use = Prepare("UPDATE candle_series SET used_ms = max(used_ms, ?2) WHERE id = ?1", 2);
        _oldest = Prepare("SELECT id, size FROM candle_series ORDER BY used_ms LIMIT 64", 0);
        _aged = Prepare("SELECT id FROM candle_series WHERE used_ms < ?1", 1);
        _delete =
        [
            Prepare("DELETE FROM candle_coverage WHERE series = ?1", 1),
            Prepare("DELETE FROM candles WHERE series = ?1", 1),
            Prepare("DELETE FROM candle_series WHERE id = ?1", 1),
        ];
        Bytes = SqliteFile.Scalar(connection, "SELECT sum(size) FROM candle_series") as long? ?? 0;
    }

    /// <summary>Bytes of all series; counted anew with a new session after a fault.</summary>
    private long Bytes { get; set; }

    public void Put(HistoryWrite write)
    {
        var (high, low) = EntryRow.Halves(write.Series.Owner);
        var frame = write.Frame;
        var known = _find.Scalar(write.Series.Endpoint, high, low, write.Series.Id) is long;
        var id = (long)_series.Scalar(
            write.Series.Endpoint, high, low, write.Series.Id, frame.Prefix.ToArray(), frame.Separator is { } separator ? separator.ToArray() : null,
            frame.Suffix.ToArray(), frame.ContentType, EntryRow.Text(frame.Headers), frame.SentAt.Ticks, Now())!;
        var (start, end) = (write.Range.Start, write.Range.End);
        var grown = -(_sizeOf.Scalar(id, start, end) as long? ?? 0);
        _clear.Run(id, start, end);
        foreach (var row in write.Rows)
        {
            _insert.Run(id, row.Bar, row.Text.ToArray());
            grown += row.Text.Length + RowBytes;
        }

        using (var touching = _touching.Read(id, start, end))
        {
            if (touching.Read() && !touching.IsDBNull(0))
            {
                (start, end) = (Math.Min(start, touching.GetInt64(0)), Math.Max(end, touching.GetInt64(1)));
            }
        }

        _uncover.Run(id, start, end);
        _cover.Run(id, start, end);
        _grow.Run(id, grown);
        Bytes += grown + (known ? 0 : SeriesBytes);
    }

    public void Remove(ItemKey series)
    {
        var (high, low) = EntryRow.Halves(series.Owner);
        if (_find.Scalar(series.Endpoint, high, low, series.Id) is long id)
        {
            Bytes -= SqliteFile.Scalar(Connection, $"SELECT size FROM candle_series WHERE id = {id}") as long? ?? 0;
            Delete(id);
        }
    }

    public void Use(long id) => _use.Run(id, Now());

    public override void Commit()
    {
        Prune();
        base.Commit();
        if (_pruned)
        {
            _pruned = false;
            SqliteFile.Execute(Connection, "PRAGMA incremental_vacuum");
        }
    }

    private void Prune()
    {
        var now = _time.GetUtcNow();
        if (now - _agedAt >= AgeEvery)
        {
            _agedAt = now;
            Ids(_aged.Read((now - _options.Bounds.AgeMax).ToUnixTimeMilliseconds())).ForEach(Delete);
            Bytes = SqliteFile.Scalar(Connection, "SELECT sum(size) FROM candle_series") as long? ?? 0;
        }

        if (Bytes <= _options.Bounds.BytesMax)
        {
            return;
        }

        // Down to nine tenths, so that not every write prunes.
        while (Bytes > _options.Bounds.BytesMax / 10 * 9 && Oldest() is { Count: > 0 } oldest)
        {
            foreach (var (id, size) in oldest)
            {
                if (Bytes <= _options.Bounds.BytesMax / 10 * 9)
                {
                    return;
                }

                Delete(id);
                Bytes -= size;
            }
        }
    }

    private void Delete(long id)
    {
        _pruned = true;
        foreach (var statement in _delete)
        {
            statement.Run(id);
        }
    }

    private List<(long Id, long Size)> Oldest()
    {
        using var row = _oldest.Read();
        var series = new List<(long, long)>();
        while (row.Read())
        {
            series.Add((row.GetInt64(0), row.GetInt64(1)));
        }

        return series;
    }

    private static List<long> Ids(SqliteDataReader row)
    {
        using (row)
        {
            var ids = new List<long>();
            while (row.Read())
            {
                ids.Add(row.GetInt64(0));
            }

            return ids;
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
