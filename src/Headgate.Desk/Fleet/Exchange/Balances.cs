namespace Headgate.Desk.Fleet.Exchange;

/// <summary>What the account has to spend, by currency.</summary>
/// <param name="Available">Amounts; currencies that are absent have none.</param>
/// <param name="FetchedAt">When they were asked for.</param>
public sealed record Balances(IReadOnlyDictionary<string, decimal> Available, DateTimeOffset FetchedAt)
{
    /// <summary>What of a currency is available.</summary>
    public decimal Of(string currency) => Available.GetValueOrDefault(currency);
}
