namespace Headgate.Catalogue;

/// <summary>What a provider charges. Exact decimals; used by plans, never by a decision of the gate.</summary>
/// <param name="PerCall">Of one call, where its endpoint states no price of its own.</param>
/// <param name="Monthly">Fee for 30 days, whatever is called.</param>
/// <param name="Currency">ISO 4217 code of both.</param>
public sealed record PriceModel(decimal PerCall, decimal Monthly, string Currency);
