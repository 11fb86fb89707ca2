namespace Headgate.Storage.Sqlite;

/// <summary>Calls charged to one endpoint on one day.</summary>
/// <param name="Label"><c>provider.endpoint</c>.</param>
/// <param name="Day">UTC day of the sends.</param>
/// <param name="Calls">How many.</param>
public sealed record CallTotal(string Label, DateOnly Day, long Calls);
