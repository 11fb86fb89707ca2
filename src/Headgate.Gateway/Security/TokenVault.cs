using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Gateway.Security;

/// <summary>The client tokens of one file, as hashes. Immutable; thread-safe.</summary>
/// <remarks>
/// One token per line: <c>name sha256:HEX providers</c>, providers comma-separated, <c>*</c> for all, <c>admin</c> for the management API; <c>#</c> starts a
/// comment. Tokens are random (256 bits from <see cref="NewToken"/>), so one round of SHA-256 is enough: there is nothing to guess.
/// </remarks>
public sealed class TokenVault
{
    private const string HashPrefix = "sha256:";
    private const int TokenCharactersMax = 512;

    private readonly (byte[] Hash, ClientToken Token)[] _tokens;

    private TokenVault((byte[] Hash, ClientToken Token)[] tokens) => _tokens = tokens;

    public static TokenVault Empty { get; } = new([]);

    public int Count => _tokens.Length;

    /// <summary>A new random token: 43 characters that are safe in paths and headers.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The line to put into the file for a token.</summary>
    public static string Line(string name, string token, IEnumerable<string> providers) =>
        $"{name} {HashPrefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))} {string.Join(',', providers)}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message names file and line, never the line's text.</exception>
    /// <exception cref="GatewayStartException">The file cannot be read.</exception>
    public static async Task<TokenVault> LoadAsync(string path, CancellationToken cancellation = default)
    {
        try
        {
            return Parse(await File.ReadAllLinesAsync(path, cancellation), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new GatewayStartException($"tokenFile {path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Reads lines.</summary>
    /// <exception cref="FormatException">A line cannot be read.</exception>
    public static TokenVault Parse(IReadOnlyList<string> lines, string source)
    {
        var tokens = new List<(byte[], ClientToken)>();
        for (var number = 0; number < lines.Count; number++)
        {
            var line = lines[number].Split('#')[0].Trim();
            if (line.Length > 0)
            {
                tokens.Add(ParseLine(line) ?? throw new FormatException($"{source}:{number + 1}: expected 'name sha256:HEX provider,provider'."));
            }
        }

        return new TokenVault([.. tokens]);
    }

    /// <summary>The token presented, or null. Takes the same time whichever matches, or none.</summary>
    public ClientToken? Find(ReadOnlySpan<char> presented)
    {
        if (presented.IsEmpty || presented.Length > TokenCharactersMax)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[TokenCharactersMax * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(presented, bytes)], hash);
        ClientToken? found = null;
        foreach (var (known, token) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = token;
            }
        }

        return found;
    }

    private static (byte[] Hash, ClientToken Token)? ParseLine(string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || !parts[1].StartsWith(HashPrefix, StringComparison.OrdinalIgnoreCase) || parts[1].Length != HashPrefix.Length + 64)
        {
            return null;
        }

        try
        {
            var providers = parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (Convert.FromHexString(parts[1][HashPrefix.Length..]), new ClientToken(parts[0], providers.ToFrozenSet(StringComparer.OrdinalIgnoreCase)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
