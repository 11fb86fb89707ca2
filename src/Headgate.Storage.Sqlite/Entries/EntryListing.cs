using Headgate.Caching;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Reads what a filter matches without reading bodies.</summary>
internal static class EntryListing
{
    /// <summary>Newest send first, at most <paramref name="max"/>.</summary>
    public static List<EntryInfo> Read(SqliteConnection connection, BodyFiles bodies, EntryFilter filter, int max)
    {
        using var statement = new Statement(
            connection,
            """
            SELECT endpoint, owner_high, owner_low, item, status, content_type, content_coding, as_of, as_of_offset, sent_at, fresh_until, stale_until, version, kind,
                length(body), body_file
            FROM entries
            WHERE (?1 IS NULL OR endpoint = ?1 OR (endpoint >= ?1 || '.' AND endpoint < ?1 || '/'))
                AND (?2 IS NULL OR item = ?2)
                AND (?3 IS NULL OR instr(item, ?3) > 0)
                AND (?4 IS NULL OR sent_at < ?4)
                AND (?5 IS NULL OR stale_until < ?5)
            ORDER BY sent_at DESC, version DESC LIMIT ?6
            """,
            6);
        using var row = statement.Read(filter.Scope, filter.Item, filter.ItemContains, filter.SentBefore?.Ticks, filter.UselessAt?.Ticks, (long)max);
        List<EntryInfo> found = [];
        while (row.Read())
        {
            found.Add(new EntryInfo(
                new ItemKey(row.GetString(0), EntryRow.Identity(row.GetInt64(1), row.GetInt64(2)), row.GetString(3)),
                row.GetInt32(4),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.IsDBNull(6) ? null : row.GetString(6),
                row.IsDBNull(7) ? null : new DateTimeOffset(row.GetInt64(7), TimeSpan.FromMinutes(row.GetInt64(8))),
                new EngineTime(row.GetInt64(9)),
                new EngineTime(row.GetInt64(10)),
                new EngineTime(row.GetInt64(11)),
                row.GetInt64(12),
                row.GetInt64(13) == (long)EntryKind.Negative,
                row.IsDBNull(14) ? bodies.LengthOf(row.GetString(15)) : row.GetInt64(14)));
        }

        return found;
    }
}
