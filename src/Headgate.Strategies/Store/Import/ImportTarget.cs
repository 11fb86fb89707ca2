using Microsoft.Data.Sqlite;

namespace Headgate.Strategies.Store.Import;

/// <summary>Where one file's rows go: all in one transaction.</summary>
internal sealed record ImportTarget(BhavcopyStore Store, SqliteConnection Connection, SqliteTransaction Transaction);
