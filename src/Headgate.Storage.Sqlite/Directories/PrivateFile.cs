namespace Headgate.Storage.Sqlite;

/// <summary>Files only their owner may read (0600): keys, secrets, databases.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Foreign =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Who but the owner may touch the file, in octal, or null when nobody may. Always null on Windows, where access lists rule.</summary>
    public static string? ForeignAccess(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & Foreign) == UnixFileMode.None ? null : "0" + Convert.ToString((int)mode, 8);
    }

    /// <summary>Creates the file empty and private when it is absent, so that what fills it is never readable to others, not even for a moment.</summary>
    public static void EnsureExists(string path)
    {
        using var stream = new FileStream(path, Options(FileMode.OpenOrCreate));
    }

    /// <summary>Replaces the file as a whole: a crash leaves the old content or the new, never a part.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, Options(FileMode.CreateNew)))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
