using System.Security.Cryptography;
using Headgate.SignIn;

namespace Headgate.Storage.Sqlite;

/// <summary>The one place durable state lives, held exclusively for the life of the process (design §7).</summary>
/// <remarks>Thread-safe. The lock ends with <see cref="Dispose"/> or with the process, however that ends.</remarks>
public sealed class DataDirectory : IDisposable
{
    private const string HashKeyFile = "hash.key";
    private const int HashKeyBytes = 32;

    // FindOwner of a CLI command holds the lock for microseconds while it looks; a starting gate outwaits that.
    private const int Attempts = 10;
    private static readonly TimeSpan AttemptPause = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryLock _lock;
    private readonly Lock _ownerGate = new();
    private DataDirectoryOwner _owner;

    private DataDirectory(string root, DirectoryLock held, DataDirectoryOwner owner)
    {
        Root = root;
        _lock = held;
        _owner = owner;
    }

    /// <summary>Absolute path.</summary>
    public string Root { get; }

    /// <summary>This process, as others see it.</summary>
    public DataDirectoryOwner Owner
    {
        get
        {
            lock (_ownerGate)
            {
                return _owner;
            }
        }
    }

    /// <summary>
    /// Where it is when nobody names one: <c>HEADGATE_DATADIR</c>, else <c>headgate</c> below <c>CRYPTOMETER_CACHE_DIR</c> or <c>KINGFISHER_CACHE_DIR</c> (whose files
    /// the replaced caches kept there), else <c>./data</c>.
    /// </summary>
    /// <param name="read">Reads one variable; null reads the process environment.</param>
    public static string DefaultPath(Func<string, string?>? read = null)
    {
        read ??= Environment.GetEnvironmentVariable;
        if (read("HEADGATE_DATADIR") is { Length: > 0 } set)
        {
            return set;
        }

        var cache = read("CRYPTOMETER_CACHE_DIR") is { Length: > 0 } cryptometer ? cryptometer : read("KINGFISHER_CACHE_DIR");
        return string.IsNullOrEmpty(cache) ? "data" : Path.Combine(cache, "headgate");
    }

    /// <summary>Creates the directory when it is absent, and what is missing above it (mode 0700), and locks it.</summary>
    /// <param name="path">Absolute or relative to the working directory.</param>
    /// <param name="time">Wall clock, for the owner's "since".</param>
    /// <exception cref="DataDirectoryLockedException">Another process, or another opening of this one, holds it.</exception>
    /// <exception cref="DataDirectoryException">It cannot be created or written.</exception>
    public static DataDirectory Open(string path, TimeProvider time)
    {
        var root = Path.GetFullPath(path);
        try
        {
            Create(root);
            DataDirectoryOwner? owner = null;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (DirectoryLock.TryTake(root, out owner) is { } held)
                {
                    return Own(root, held, new DataDirectoryOwner(Environment.ProcessId, time.GetUtcNow(), Url: null));
                }

                Thread.Sleep(AttemptPause);
            }

            throw new DataDirectoryLockedException(root, owner);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not DataDirectoryException))
        {
            throw new DataDirectoryException($"The data directory {root} cannot be written ({error.Message}). Make it writable for this user, or choose another --data-dir.", error);
        }
    }

    /// <summary>Who holds the directory now, or null when nobody does; then its files may be opened by whoever takes it with <see cref="Open"/>. Process id 0: somebody who cannot be read.</summary>
    /// <exception cref="DataDirectoryException">It belongs to another user.</exception>
    public static DataDirectoryOwner? FindOwner(string path)
    {
        var root = Path.GetFullPath(path);
        if (!File.Exists(Path.Combine(root, DirectoryLock.FileName)))
        {
            return null;
        }

        try
        {
            using var held = DirectoryLock.TryTake(root, out var owner);
            return held is null ? owner ?? new DataDirectoryOwner(0, DateTimeOffset.UnixEpoch, Url: null) : null;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not DataDirectoryException))
        {
            throw new DataDirectoryException($"Whether {root} is in use cannot be told ({error.Message}). Run as the user who owns it.", error);
        }
    }

    /// <summary>Tells others where this process listens.</summary>
    public void Announce(string url)
    {
        lock (_ownerGate)
        {
            _owner = _owner with { Url = url };
            _lock.Write(_owner);
        }
    }

    /// <summary>The path of a file or directory in it.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>The hasher over this directory's own key (<c>hash.key</c>, 32 random bytes, 0600), made at first use and kept for ever: a new key would orphan every account's entries and limits.</summary>
    /// <exception cref="DataDirectoryException">The key file is readable to others, or is not a key.</exception>
    public CredentialHasher OpenHasher() => new(ReadKey());

    /// <summary>The vault of a ledger, sealed with a key derived from this directory's own: what lies in <c>ledger.db</c>, or in a copy of it, tells no token.</summary>
    /// <param name="ledger">Where tokens are kept.</param>
    /// <exception cref="DataDirectoryException">As for <see cref="OpenHasher"/>.</exception>
    public ITokenVault OpenVault(ITokenVault ledger) => new SealedTokenVault(ledger, ReadKey());

    private byte[] ReadKey()
    {
        var path = PathOf(HashKeyFile);
        try
        {
            if (!File.Exists(path))
            {
                PrivateFile.Replace(path, RandomNumberGenerator.GetBytes(HashKeyBytes));
            }

            if (PrivateFile.ForeignAccess(path) is { } mode)
            {
                throw new DataDirectoryException($"{path} has mode {mode}: others may read the key that hides credentials. Run: chmod 600 {path}");
            }

            var key = File.ReadAllBytes(path);
            return key.Length == HashKeyBytes
                ? key
                : throw new DataDirectoryException($"{path} holds {key.Length} bytes instead of {HashKeyBytes}. Restore it from a backup, or delete it to start with new identities.");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not DataDirectoryException))
        {
            throw new DataDirectoryException($"{path} cannot be read or made ({error.Message}).", error);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(string root)
    {
        if (Directory.Exists(root))
        {
            return;
        }

        // The mode is that of the last directory alone; a parent made on the way may be a data directory itself.
        if (Path.GetDirectoryName(root) is { } parent)
        {
            Create(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(root);
        }
        else
        {
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static DataDirectory Own(string root, DirectoryLock held, DataDirectoryOwner owner)
    {
        try
        {
            held.Write(owner);
            return new DataDirectory(root, held, owner);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
