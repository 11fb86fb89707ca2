namespace Headgate.Storage.Sqlite;

/// <summary>The exclusive lock of one data directory: <c>headgate.lock</c>, held by the operating system for as long as the process lives.</summary>
/// <remarks>
/// A POSIX record lock on one byte far beyond the content: released by the kernel however the process ends, honoured on network file
/// systems, and, unlike the whole-file lock .NET takes for <see cref="FileShare.None"/>, it leaves the content readable to whoever wants
/// to know the owner. Record locks belong to a process, not to a handle, so a second opening within this process is caught by
/// <see cref="Held"/>, which also keeps a second handle from being opened, whose closing would drop the lock.
/// </remarks>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "headgate.lock";

    private const long LockedByte = 1L << 30;
    private static readonly Dictionary<string, DirectoryLock> Held = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly FileStream _stream;
    private volatile DataDirectoryOwner? _owner;

    private DirectoryLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>The lock, or null and who has it.</summary>
    public static DirectoryLock? TryTake(string directory, out DataDirectoryOwner? owner)
    {
        var path = Path.Combine(directory, FileName);
        lock (Held)
        {
            if (Held.TryGetValue(path, out var own))
            {
                owner = own._owner;
                return null;
            }

            PrivateFile.EnsureExists(path);
            var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            if (TryLock(stream))
            {
                owner = null;
                return Held[path] = new DirectoryLock(path, stream);
            }

            using (stream)
            {
                owner = ReadOwner(stream);
                return null;
            }
        }
    }

    public void Write(DataDirectoryOwner owner)
    {
        var bytes = owner.ToBytes();
        lock (_stream)
        {
            _stream.SetLength(0);
            _stream.Position = 0;
            _stream.Write(bytes);
            _stream.Flush(flushToDisk: true);
            _owner = owner;
        }
    }

    public void Dispose()
    {
        lock (Held)
        {
            _stream.Dispose();
            Held.Remove(_path);
        }
    }

    private static bool TryLock(FileStream stream)
    {
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsMacCatalyst() || OperatingSystem.IsFreeBSD())
        {
            throw new PlatformNotSupportedException("Data directories need record locks: run on Linux or Windows, or in a container.");
        }

        try
        {
            stream.Lock(LockedByte, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static DataDirectoryOwner? ReadOwner(FileStream stream)
    {
        Span<byte> buffer = stackalloc byte[DataDirectoryOwner.BytesMax];
        try
        {
            stream.Position = 0;
            var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return DataDirectoryOwner.Parse(buffer[..read]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
