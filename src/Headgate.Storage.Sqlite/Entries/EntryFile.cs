using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Opens the cache's file for writing: sound, migrated and swept, or replaced by an empty one.</summary>
internal static class EntryFile
{
    // Ends of entitlements are kept this long, far beyond the life of any grant they might contradict.
    private static readonly TimeSpan EntitlementsKept = TimeSpan.FromDays(30);

    /// <summary>A corrupt file, or one of a later release, is moved aside and replaced by an empty one.</summary>
    public static EntrySession Open(string path, EntryStoreOptions options, BodyFiles bodies, TimeProvider time)
    {
        try
        {
            return OpenSound(path, options, bodies, time);
        }
        catch (Exception error) when (error is NewerFormatException || (error is SqliteException sqlite && SqliteFile.IsCorruption(sqlite)))
        {
            // One replaced cache is evidence, two are a habit that fills the disk.
            DeleteAside(path);
            var aside = SqliteFile.MoveAside(path, time);
            var session = OpenSound(path, options, bodies, time);
            options.Log?.Invoke($"The cache {path} could not be used ({error.Message}); it was moved to {aside} and begins empty.");
            return session;
        }
    }

    private static EntrySession OpenSound(string path, EntryStoreOptions options, BodyFiles bodies, TimeProvider time)
    {
        var connection = SqliteFile.OpenWriter(path, Durability.Process, create: true);
        try
        {
            if (SqliteFile.FindFault(connection, thorough: false) is { } fault)
            {
                throw new SqliteException(fault, SQLitePCL.raw.SQLITE_CORRUPT);
            }

            Migrations.Apply(connection, EntrySchema.Steps);
            using (var settings = new Statement(
                connection,
                "INSERT INTO settings (key, value, updated_at) VALUES ('ttl_seconds', ?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at WHERE value <> excluded.value",
                2))
            {
                settings.Run(options.QuoteTtlSeconds.ToString(CultureInfo.InvariantCulture), time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            }

            SqliteFile.Execute(connection, $"DELETE FROM entitlements WHERE until < {(time.GetUtcNow() - EntitlementsKept).UtcTicks}");
            SqliteFile.Execute(connection, "DELETE FROM envelopes WHERE id NOT IN (SELECT envelope_id FROM entries WHERE envelope_id IS NOT NULL)");
            bodies.Sweep(NamedBodies(connection));
            return new EntrySession(connection, path, options, bodies, time);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static HashSet<string> NamedBodies(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "SELECT body_file FROM entries WHERE body_file IS NOT NULL", 0);
        using var row = statement.Read();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (row.Read())
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    private static void DeleteAside(string path)
    {
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".corrupt-*"))
        {
            File.Delete(old);
        }
    }
}
