using System.Security.Cryptography;

namespace Headgate.Storage.Sqlite;

/// <summary>Large bodies as files: <c>bodies/ab/abcdef…</c>, named at random, never changed once they have their name.</summary>
/// <remarks>Thread-safe: no two writers ever share a name.</remarks>
internal sealed class BodyFiles
{
    private const string Unfinished = ".new";

    private readonly string _root;

    public BodyFiles(string root) => _root = root;

    /// <summary>Writes a body; when the answer's name is committed to the database the bytes are on the disk, whole.</summary>
    public string Write(ReadOnlyMemory<byte> body)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = new FileStream(path + Unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(body.Span);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path);
        return name;
    }

    /// <summary>The body, or null when it is not there or not what was written.</summary>
    public byte[]? TryRead(string name, ReadOnlySpan<byte> hash)
    {
        try
        {
            var body = File.ReadAllBytes(PathOf(name));
            return Hash(body).AsSpan().SequenceEqual(hash) ? body : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Replaced and deleted since its row was read, or lost: either way there is no such body.
            return null;
        }
    }

    /// <summary>Bytes of the body, or 0 when it is not there.</summary>
    public long LengthOf(string name) => new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : 0;

    public void Delete(string name)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is an orphan now and goes with the next start's sweep.
        }
    }

    /// <summary>Deletes what no row names: bodies written just before a crash, or left by a failed deletion.</summary>
    public int Sweep(IReadOnlySet<string> named)
    {
        if (!Directory.Exists(_root))
        {
            return 0;
        }

        var swept = 0;
        foreach (var path in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            if (!named.Contains(Path.GetFileName(path)))
            {
                File.Delete(path);
                swept++;
            }
        }

        return swept;
    }

    /// <summary>128 bits of SHA-256: tells a damaged file from a whole one.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> body) => SHA256.HashData(body)[..16];

    private string PathOf(string name) => Path.Combine(_root, name[..2], name);
}
