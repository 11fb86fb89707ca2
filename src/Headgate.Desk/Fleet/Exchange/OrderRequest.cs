namespace Headgate.Desk.Fleet.Exchange;

/// <summary>A market order.</summary>
/// <param name="ClientId">Its own name, made before it is sent and never used for another.</param>
/// <param name="Bot">Whose.</param>
/// <param name="Pair">The pair.</param>
/// <param name="IsBuy">Buys for <paramref name="Amount"/> dollars; else sells that many coins.</param>
/// <param name="Amount">Above zero.</param>
public sealed record OrderRequest(string ClientId, string Bot, string Pair, bool IsBuy, decimal Amount)
{
    /// <summary>The price it was decided by; 0 when it is not known.</summary>
    public decimal SeenPrice { get; init; }
}
