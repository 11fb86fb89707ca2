namespace Headgate.Storage.Sqlite;

/// <summary>The data directory cannot be used: not creatable, not writable, or one of its key files is unsafe. The message names file and remedy.</summary>
public class DataDirectoryException : IOException
{
    public DataDirectoryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
