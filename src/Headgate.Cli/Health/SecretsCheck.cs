using Headgate.Catalogue;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Health;

/// <summary>Finds out where each secret that the definitions name would come from. Reads; changes nothing; tells no secret.</summary>
internal sealed class SecretsCheck
{
    private readonly EnvironmentSecretSource _environment;
    private readonly FileSecretSource? _file;
    private readonly string _path;

    /// <param name="path">The secrets file; it need not exist.</param>
    /// <param name="read">Reads one variable; null reads the process environment.</param>
    public SecretsCheck(string path, Func<string, string?>? read = null)
    {
        _path = path;
        _environment = new EnvironmentSecretSource(LegacySecrets.Variables, read);
        try
        {
            _file = new FileSecretSource(path);
        }
        catch (SecretFileException problem)
        {
            FileProblem = problem.Message;
        }
    }

    /// <summary>Why the file was refused, with the remedy, or null.</summary>
    public string? FileProblem { get; }

    /// <summary>One row per secret and purpose, by provider; then what the file holds and nothing uses.</summary>
    /// <param name="catalogue">The definitions.</param>
    /// <param name="required">Providers whose secrets must all be there; those of others may be absent as a whole.</param>
    public IReadOnlyList<SecretRow> Rows(CatalogueModel catalogue, IReadOnlyCollection<string> required)
    {
        List<SecretRow> rows = [];
        foreach (var provider in catalogue.Providers.Values.OrderBy(provider => provider.Name, StringComparer.Ordinal))
        {
            var isRequired = required.Contains(provider.Name, StringComparer.OrdinalIgnoreCase);
            foreach (var purpose in provider.Inject.Where(rule => rule.SecretName.Length > 0).GroupBy(rule => rule.Purpose, StringComparer.Ordinal))
            {
                var names = purpose.Select(rule => rule.SecretName).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
                var isBegun = isRequired || names.Exists(name => Source(name) is not null);
                rows.AddRange(names.Select(name => Row(provider, purpose.Key, name, isBegun)));
            }
        }

        var used = rows.Select(row => row.Secret).ToHashSet(StringComparer.OrdinalIgnoreCase);
        rows.AddRange((_file?.Names ?? []).Where(name => !used.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => new SecretRow(null, null, name, EnvironmentSecretSource.VariableOf(name), _path, Present: true, "ok", [], "no definition names it; is it misspelt?")));
        return rows;
    }

    private SecretRow Row(ProviderModel provider, string purpose, string name, bool isNeeded)
    {
        var source = Source(name);
        var permissions = source is not null && string.Equals(source, _path, StringComparison.Ordinal) ? "ok" : source is null && FileProblem is not null ? "wide" : null;
        var problem = source is not null ? null
            : FileProblem is not null ? "the secrets file is refused, so whether it is there cannot be told"
            : isNeeded ? $"set {EnvironmentSecretSource.VariableOf(name)}, or write '{name} = …' into {_path} (mode 0600)"
            : null;
        return new SecretRow(
            provider.Name, purpose.Length == 0 ? null : purpose, name, EnvironmentSecretSource.VariableOf(name), source, source is not null, permissions, Endpoints(provider, purpose), problem);
    }

    private string? Source(string name) => _environment.SourceOf(name) ?? (_file?.Find(name) is null ? null : _path);

    // A purpose without a credential of its own is served by the general one.
    private static List<string> Endpoints(ProviderModel provider, string purpose) =>
    [
        .. provider.Endpoints
            .Where(endpoint => provider.Inject.Any(rule => string.Equals(rule.Purpose, endpoint.Purpose, StringComparison.Ordinal))
                ? string.Equals(endpoint.Purpose, purpose, StringComparison.Ordinal)
                : purpose.Length == 0)
            .Select(endpoint => endpoint.Name)
            .Order(StringComparer.Ordinal),
    ];
}
