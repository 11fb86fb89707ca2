using Headgate.SignIn;

namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryTokenVault"/>: what survives a crash.</summary>
public sealed class VaultDisk
{
    private readonly SortedDictionary<string, StoredToken> _tokens = new(StringComparer.Ordinal);

    /// <summary>Writes that a crash tore: as if they had never been.</summary>
    public long TornWrites { get; internal set; }

    /// <summary>What is stored under that name, or null.</summary>
    public StoredToken? Find(string name) => _tokens.GetValueOrDefault(name);

    /// <summary>Names in use.</summary>
    public IReadOnlyCollection<string> Names => _tokens.Keys;

    internal void Put(StoredToken token) => _tokens[token.Name] = token;
}
