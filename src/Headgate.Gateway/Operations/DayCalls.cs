namespace Headgate.Gateway.Operations;

/// <summary>Calls the ledger charged to one endpoint on one day.</summary>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Day">UTC day of the sends.</param>
/// <param name="Calls">How many.</param>
public sealed record DayCalls(string Endpoint, DateOnly Day, long Calls);
