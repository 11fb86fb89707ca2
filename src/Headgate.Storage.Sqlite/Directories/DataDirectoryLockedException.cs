namespace Headgate.Storage.Sqlite;

/// <summary>Another process holds the data directory.</summary>
public sealed class DataDirectoryLockedException : DataDirectoryException
{
    public DataDirectoryLockedException(string directory, DataDirectoryOwner? owner)
        : base($"The data directory {directory} is in use by {(owner is null ? "another process" : owner.ToString())}. Stop it, or choose another --data-dir.") =>
        Owner = owner;

    /// <summary>Who holds it, or null where the lock file could not be read.</summary>
    public DataDirectoryOwner? Owner { get; }
}
