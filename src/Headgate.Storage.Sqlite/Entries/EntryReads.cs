using Headgate.Caching;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>The cache's queries, each on a connection of its caller's.</summary>
internal static class EntryReads
{
    /// <summary>Adds the entries of these keys, and tells of every row that was read.</summary>
    public static void Keys(SqliteConnection connection, BodyFiles bodies, List<ItemKey> keys, List<Entry> found, Action<long> used)
    {
        using var statement = new Statement(
            connection,
            $"SELECT {EntryRow.Columns} FROM {EntryRow.Source} WHERE e.endpoint = ?1 AND e.owner_high = ?2 AND e.owner_low = ?3 AND e.item = ?4",
            4);
        var envelopes = new Dictionary<(long Id, long SentAt), Envelope>();
        foreach (var key in keys)
        {
            var (high, low) = EntryRow.Halves(key.Owner);
            using var row = statement.Read(key.Endpoint, high, low, key.Id);

            // A key that is not well-formed text does not come back as it went in; then it is not this key's entry.
            if (row.Read() && EntryRow.Read(row, bodies, envelopes) is { } entry && entry.Key == key)
            {
                found.Add(entry);
                used(row.GetInt64(0));
            }
        }
    }

    /// <summary>Adds the newest entries that nothing queued overrules, up to so many bytes.</summary>
    public static void Recent(SqliteConnection connection, BodyFiles bodies, long bytesMax, Func<ItemKey, bool> isOverruled, List<Entry> entries)
    {
        using var statement = new Statement(connection, $"SELECT {EntryRow.Columns} FROM {EntryRow.Source} ORDER BY e.sent_at DESC", 0);
        using var row = statement.Read();
        var envelopes = new Dictionary<(long Id, long SentAt), Envelope>();
        var left = bytesMax;
        while (left > 0 && row.Read())
        {
            if (EntryRow.Read(row, bodies, envelopes) is { } entry && !isOverruled(entry.Key))
            {
                left -= entry.Size;
                entries.Add(entry);
            }
        }
    }

    /// <summary>Adds where each provider's entries came from.</summary>
    public static void Origins(SqliteConnection connection, Dictionary<string, IdentityHash> all)
    {
        using var statement = new Statement(connection, "SELECT provider, high, low FROM origins", 0);
        using var row = statement.Read();
        while (row.Read())
        {
            all[row.GetString(0)] = EntryRow.Identity(row.GetInt64(1), row.GetInt64(2));
        }
    }

    /// <summary>Adds the entitlements of every provider that no queued reset ends.</summary>
    public static void Entitlements(
        SqliteConnection connection, IReadOnlyDictionary<string, IdentityHash> resets, Dictionary<(string, string, IdentityHash), Entitlement> all)
    {
        using var statement = new Statement(connection, "SELECT provider, class, credential_high, credential_low, until FROM entitlements", 0);
        using var row = statement.Read();
        while (row.Read())
        {
            if (resets.ContainsKey(row.GetString(0)))
            {
                continue;
            }

            var credential = EntryRow.Identity(row.GetInt64(2), row.GetInt64(3));
            all[(row.GetString(0), row.GetString(1), credential)] = new Entitlement(
                row.GetString(0), row.GetString(1), credential, new EngineTime(row.GetInt64(4)));
        }
    }
}
