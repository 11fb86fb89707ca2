namespace Headgate.Catalogue;

/// <summary>Changes that configuration makes to a catalogue.</summary>
public static class CatalogueModelExtensions
{
    /// <summary>
    /// The same catalogue with another address for one provider; an unknown provider changes nothing. The address stands for all of the provider's,
    /// its sign-in's too.
    /// </summary>
    /// <param name="catalogue">The catalogue to change.</param>
    /// <param name="provider">Provider name, ignoring case.</param>
    /// <param name="baseUrl">http or https, with an optional path prefix, without query, fragment or user.</param>
    /// <exception cref="ArgumentException">The address cannot be used.</exception>
    public static CatalogueModel WithBaseUrl(this CatalogueModel catalogue, string provider, Uri baseUrl)
    {
        if (!BaseUrls.IsUsable(baseUrl))
        {
            throw new ArgumentException($"The address of {provider} is not an http or https address without query or user.", nameof(baseUrl));
        }

        return new CatalogueModel(catalogue.Providers.Values.Select(
            existing => string.Equals(existing.Name, provider, StringComparison.OrdinalIgnoreCase) ? existing.WithBaseUrl(baseUrl) : existing));
    }

    private static ProviderModel WithBaseUrl(this ProviderModel provider, Uri baseUrl) => new()
    {
        Name = provider.Name,
        BaseUrl = baseUrl,
        Market = provider.Market,
        Identity = provider.Identity,
        Inject = provider.Inject,
        Auth = provider.Auth?.MovedTo(baseUrl),
        Limits = provider.Limits,
        Backoff = provider.Backoff,
        Price = provider.Price,
        Endpoints = provider.Endpoints,
        Passthrough = provider.Passthrough,
        Errors = provider.Errors,
        Dialect = provider.Dialect,
        Clients = provider.Clients,
        Mode = provider.Mode,
    };
}
