using System.Collections.Frozen;
using System.Text;
using Headgate.Catalogue;

namespace Headgate.Storage.Sqlite;

/// <summary>Secrets from a file of <c>name = value</c> lines that only its owner may read (0600). An absent file holds none.</summary>
/// <remarks>
/// Blank lines and lines beginning with <c>#</c> are skipped; names ignore case; a value is what follows the first <c>=</c>, trimmed, at most
/// 8 KiB. Thread-safe: a look-up sees one state of the file as it was last read by the constructor, <see cref="Reload"/> or <see cref="Set"/>.
/// </remarks>
public sealed class FileSecretSource : ISecretSource
{
    private const int FileBytesMax = 1 << 20;
    private const int ValueCharsMax = 8 * 1024;

    private readonly string _path;
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, string> _secrets;

    /// <exception cref="SecretFileException">Others may read or write the file, or a line is not <c>name = value</c>.</exception>
    public FileSecretSource(string path)
    {
        _path = path;
        _secrets = Read(path);
    }

    /// <summary>What it holds, by name.</summary>
    public IReadOnlyCollection<string> Names => _secrets.Keys;

    public string? Find(string name) => _secrets.GetValueOrDefault(name);

    /// <summary>Reads the file again; when that fails, what was read before stays.</summary>
    /// <exception cref="SecretFileException">As for the constructor.</exception>
    public void Reload()
    {
        lock (_gate)
        {
            _secrets = Read(_path);
        }
    }

    /// <summary>Stores a secret, or removes it with null, and writes the file anew (comments are not kept).</summary>
    /// <exception cref="SecretFileException">The name or value cannot stand in the file.</exception>
    public void Set(string name, string? value)
    {
        if (name.Length is 0 or > 128 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            throw new SecretFileException("A secret's name has 1 to 128 letters, digits, '.', '-' or '_'.");
        }

        if (value is not null && (value.Length is 0 or > ValueCharsMax || value.AsSpan().ContainsAny('\r', '\n') || value.Trim().Length != value.Length))
        {
            throw new SecretFileException($"The value of {name} is empty, longer than {ValueCharsMax} characters, has line breaks, or begins or ends with blanks.");
        }

        lock (_gate)
        {
            var secrets = new Dictionary<string, string>(Read(_path), StringComparer.OrdinalIgnoreCase);
            if (value is null)
            {
                secrets.Remove(name);
            }
            else
            {
                secrets[name] = value;
            }

            var text = new StringBuilder();
            foreach (var (key, secret) in secrets.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append(key).Append(" = ").Append(secret).Append('\n');
            }

            PrivateFile.Replace(_path, Encoding.UTF8.GetBytes(text.ToString()));
            _secrets = secrets.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }
    }

    private static FrozenDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return FrozenDictionary<string, string>.Empty;
        }

        if (PrivateFile.ForeignAccess(path) is { } mode)
        {
            throw new SecretFileException($"{path} has mode {mode}: others may read or change the secrets. Run: chmod 600 {path}");
        }

        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
            {
                throw new SecretFileException($"{path} is larger than {FileBytesMax} bytes.");
            }

            return Parse(path, File.ReadAllLines(path));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not SecretFileException))
        {
            throw new SecretFileException($"{path} cannot be read ({error.Message}).", error);
        }
    }

    private static FrozenDictionary<string, string> Parse(string path, string[] lines)
    {
        var secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? line[..equals].TrimEnd() : "";
            if (name.Length == 0 || line.Length - equals > ValueCharsMax)
            {
                throw new SecretFileException($"{path}:{i + 1}: expected 'name = value' of at most {ValueCharsMax} characters.");
            }

            secrets[name] = line[(equals + 1)..].TrimStart();
        }

        return secrets.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
