using Headgate.Catalogue;

namespace Headgate.Storage.Sqlite;

/// <summary>Several sources, asked in order: the environment before the file.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SecretSources : ISecretSource
{
    private readonly ISecretSource[] _sources;

    public SecretSources(params ISecretSource[] sources) => _sources = sources;

    public string? Find(string name)
    {
        foreach (var source in _sources)
        {
            if (source.Find(name) is { } secret)
            {
                return secret;
            }
        }

        return null;
    }
}
