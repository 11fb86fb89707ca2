namespace Headgate.Catalogue;

/// <summary>What a provider charges. Exact decimals; used by reports and plans, never by a decision of the gate.</summary>
/// <param name="PerCall">Of one call, where its endpoint states no price of its own.</param>
/// <param name="Monthly">Fee for 30 days, whatever is called.</param>
/// <param name="Currency">ISO 4217 code of all of it.</param>
public sealed record PriceModel(decimal PerCall, decimal Monthly, string Currency)
{
    /// <summary>Of one credit, besides what the call itself costs; default 0.</summary>
    public decimal PerCredit { get; init; }

    /// <summary>What calls of an endpoint cost.</summary>
    /// <param name="endpoint">The endpoint, or null for one the catalogue no longer has.</param>
    /// <param name="calls">How many calls.</param>
    /// <param name="credits">Credits they spent together.</param>
    public decimal Of(EndpointModel? endpoint, long calls, long credits) => (calls * (endpoint?.Price ?? PerCall)) + (credits * PerCredit);
}
