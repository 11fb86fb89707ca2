using Headgate.Catalogue;

namespace Headgate.Reports;

/// <summary>What one provider's calls cost, by the prices its definition states now.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Credits">Credits its calls spent.</param>
/// <param name="Cost">What its calls cost.</param>
/// <param name="Direct">What the clients' own calls would have cost.</param>
/// <param name="Monthly">The fee for 30 days, which is in neither.</param>
public sealed record ProviderCost(string Provider, string Currency, long Credits, decimal Cost, decimal Direct, decimal Monthly)
{
    /// <summary>Cost of direct minus cost of the gate.</summary>
    public decimal Saved => Direct - Cost;

    /// <summary>One per provider that states a price and was asked, by name.</summary>
    /// <param name="catalogue">Prices.</param>
    /// <param name="spent">Calls and credits, of the gate and direct, by endpoint id; several of one endpoint add up.</param>
    public static IReadOnlyList<ProviderCost> Of(CatalogueModel catalogue, IEnumerable<(string Endpoint, long Calls, long Credits, long Direct, long DirectCredits)> spent)
    {
        var costs = new SortedDictionary<string, ProviderCost>(StringComparer.Ordinal);
        foreach (var (id, calls, credits, direct, directCredits) in spent)
        {
            var dot = id.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || catalogue.Find(id.AsSpan(0, dot)) is not { Price: { } price } provider)
            {
                continue;
            }

            // What a batched endpoint was asked whole is counted under an id of its own.
            var endpoint = provider.Endpoints.FirstOrDefault(known => id.StartsWith(known.Id, StringComparison.Ordinal) && (id.Length == known.Id.Length || id[known.Id.Length] == '.'));
            var sum = costs.GetValueOrDefault(provider.Name) ?? new ProviderCost(provider.Name, price.Currency, 0, 0, 0, price.Monthly);
            costs[provider.Name] = sum with
            {
                Credits = sum.Credits + credits,
                Cost = sum.Cost + price.Of(endpoint, calls, credits),
                Direct = sum.Direct + price.Of(endpoint, direct, directCredits),
            };
        }

        return [.. costs.Values];
    }

    /// <summary>The same for counts since the start.</summary>
    public static IReadOnlyList<ProviderCost> Of(CatalogueModel catalogue, IEnumerable<EndpointStats> stats) =>
        Of(catalogue, stats.Select(row => (row.Endpoint, row.Calls, row.Credits, row.Direct, row.DirectCredits)));
}
