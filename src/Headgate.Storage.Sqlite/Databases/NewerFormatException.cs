namespace Headgate.Storage.Sqlite;

/// <summary>A later release wrote the file; this one cannot know what it means.</summary>
public sealed class NewerFormatException : IOException
{
    public NewerFormatException(string path, long format, int known)
        : base($"{path} has format {format}; this release reads up to {known}. Use the release that wrote it, or a later one.")
    {
    }
}
