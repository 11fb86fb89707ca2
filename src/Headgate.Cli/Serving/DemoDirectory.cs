using Headgate.Cli.Resting;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Serving;

/// <summary>
/// Where a demo keeps what it makes up: <c>demo</c> below the data directory, so that none of it is ever taken for a real price, charge or watch. Each demo begins
/// on the same day of the same tape, so what an earlier one charged or heard of later minutes goes with its files.
/// </summary>
internal static class DemoDirectory
{
    private const string Name = "demo";

    // SQLite's own files beside a database: a log of a database that is gone would be read into the next.
    private static readonly string[] Besides = ["", "-wal", "-shm"];

    public static DirectoryInfo Below(DirectoryInfo dataDirectory) => new(Path.Combine(dataDirectory.FullName, Name));

    /// <summary>What a command means by a data directory: the gate there, running or at rest; where there never was one, the demo's below it, if there is one.</summary>
    public static DirectoryInfo Meant(DirectoryInfo dataDirectory)
    {
        var below = Below(dataDirectory);
        return !HasGate(dataDirectory) && HasGate(below) ? below : dataDirectory;
    }

    /// <summary>Ends what an earlier demo left, log files, workbooks and strategies aside.</summary>
    /// <param name="demo">A demo's directory, held by this process, with no store open.</param>
    public static void Empty(DataDirectory demo)
    {
        foreach (var store in (string[])[SqliteLedger.FileName, SqliteEntryStore.FileName, SqliteRecordStore.FileName])
        {
            Array.ForEach(Besides, besides => File.Delete(demo.PathOf(store + besides)));
        }

        if (demo.PathOf(SqliteEntryStore.BodiesName) is var bodies && Directory.Exists(bodies))
        {
            Directory.Delete(bodies, recursive: true);
        }
    }

    private static bool HasGate(DirectoryInfo directory) => RestingGate.Exists(directory) || DataDirectory.FindOwner(directory.FullName) is not null;
}
