using Headgate.Catalogue;

namespace Headgate.Storage.Sqlite;

/// <summary>Secrets from environment variables: <c>alphavantage.key</c> is <c>HEADGATE_SECRETS__ALPHAVANTAGE_KEY</c>.</summary>
/// <remarks>Thread-safe; reads the variable at each look-up. An empty variable counts as absent.</remarks>
public sealed class EnvironmentSecretSource : ISecretSource
{
    /// <summary>What every variable begins with.</summary>
    public const string Prefix = "HEADGATE_SECRETS__";

    private readonly IReadOnlyDictionary<string, string> _legacy;
    private readonly Func<string, string?> _read;

    /// <param name="legacy">Older variable names by secret name, asked when the prefixed one is absent; null for none. <see cref="LegacySecrets"/> has the usual ones.</param>
    /// <param name="read">Reads one variable; null reads the process environment.</param>
    public EnvironmentSecretSource(IReadOnlyDictionary<string, string>? legacy = null, Func<string, string?>? read = null)
    {
        _legacy = legacy ?? new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        _read = read ?? Environment.GetEnvironmentVariable;
    }

    public string? Find(string name) => SourceOf(name) is { } variable ? _read(variable) : null;

    /// <summary>The variable that gives a secret, or null when none does.</summary>
    public string? SourceOf(string name)
    {
        var variable = VariableOf(name);
        if (!string.IsNullOrEmpty(_read(variable)))
        {
            return variable;
        }

        return _legacy.TryGetValue(name, out var older) && !string.IsNullOrEmpty(_read(older)) ? older : null;
    }

    /// <summary>The variable of a secret: upper case, and <c>_</c> for all but letters and digits.</summary>
    public static string VariableOf(string name) => Prefix + string.Create(name.Length, name, static (span, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            span[i] = char.IsAsciiLetterOrDigit(text[i]) ? char.ToUpperInvariant(text[i]) : '_';
        }
    });
}
