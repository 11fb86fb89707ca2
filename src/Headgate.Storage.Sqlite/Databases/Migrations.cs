using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>Brings a database to the present format: <c>user_version</c> counts the steps taken, each in its own transaction.</summary>
internal static class Migrations
{
    /// <param name="connection">A writer.</param>
    /// <param name="steps">Every step since format 0; a released step is never changed, only followed by another.</param>
    /// <exception cref="NewerFormatException">A later release wrote the file.</exception>
    public static void Apply(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        var format = (long)SqliteFile.Scalar(connection, "PRAGMA user_version")!;
        if (format > steps.Count)
        {
            throw new NewerFormatException(connection.DataSource, format, steps.Count);
        }

        for (var step = (int)format; step < steps.Count; step++)
        {
            SqliteFile.Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                SqliteFile.Execute(connection, steps[step]);
                SqliteFile.Execute(connection, $"PRAGMA user_version={step + 1}");
                SqliteFile.Execute(connection, "COMMIT");
            }
            catch
            {
                WriteSession.TryRollback(connection);
                throw;
            }
        }
    }
}
