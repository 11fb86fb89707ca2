namespace Headgate.Storage.Sqlite;

/// <summary>The secrets file is unsafe or unreadable. The message names file, line and remedy, and never a secret.</summary>
public sealed class SecretFileException : IOException
{
    public SecretFileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
