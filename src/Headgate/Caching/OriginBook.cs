using Headgate.Catalogue;

namespace Headgate.Caching;

/// <summary>
/// Holds entries to the upstream they came from: a data directory that was used before an emulated upstream, or another one's address, must not answer
/// with its prices under the same provider name.
/// </summary>
internal static class OriginBook
{
    /// <summary>Where a provider's entries come from now.</summary>
    public static EntryOrigin Of(ProviderModel provider, ICredentialHasher hasher) => new(provider.Name, hasher.Hash(provider.BaseUrl.AbsoluteUri.TrimEnd('/')));

    /// <summary>Ends, before anything is loaded, what other addresses brought. Completes when the store shows it no more.</summary>
    /// <returns>Providers of which something was held.</returns>
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(
        IEntryStore store, CatalogueModel catalogue, ICredentialHasher hasher, Action<Exception>? report, CancellationToken cancellation)
    {
        var known = (await store.LoadOriginsAsync(cancellation)).ToDictionary(origin => origin.Provider, origin => origin.Origin, StringComparer.Ordinal);
        List<string> moved = [];
        foreach (var provider in catalogue.Providers.Values.OrderBy(provider => provider.Name, StringComparer.Ordinal))
        {
            var origin = Of(provider, hasher);
            var isKnown = known.TryGetValue(origin.Provider, out var before);
            if (isKnown && before == origin.Origin)
            {
                continue;
            }

            // Entries whose origin nobody noted may be anybody's.
            if (isKnown || (await store.ListAsync(new EntryFilter { Scope = origin.Provider, Max = 1 }, cancellation)).Count > 0)
            {
                moved.Add(origin.Provider);
            }

            store.Reset(origin);
        }

        if (moved.Count > 0)
        {
            try
            {
                await store.FlushAsync(cancellation);
            }
            catch (IOException exception)
            {
                // A store that cannot write shows what is queued all the same, and serves nothing that waits to be dropped.
                report?.Invoke(exception);
            }
        }

        return moved;
    }
}
