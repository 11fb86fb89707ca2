using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>All providers as they run. Immutable; a reload builds a new one and swaps one reference, so a request sees one snapshot.</summary>
public sealed class CatalogueModel
{
    private readonly FrozenDictionary<string, ProviderModel>.AlternateLookup<ReadOnlySpan<char>> _byName;

    public CatalogueModel(IEnumerable<ProviderModel> providers)
    {
        Providers = providers.ToFrozenDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);
        _byName = Providers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public FrozenDictionary<string, ProviderModel> Providers { get; }

    /// <summary>The provider of that name, ignoring case; null when the catalogue has none. Allocates nothing.</summary>
    public ProviderModel? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var provider) ? provider : null;
}
