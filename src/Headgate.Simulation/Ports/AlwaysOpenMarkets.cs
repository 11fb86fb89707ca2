namespace Headgate.Simulation;

/// <summary>Knows no market: every market is always open, as for an unknown one.</summary>
public sealed class AlwaysOpenMarkets : IMarketSessions
{
    public static AlwaysOpenMarkets Instance { get; } = new();

    public bool IsOpen(string market, DateTimeOffset at) => true;

    public DateTimeOffset? NextOpen(string market, DateTimeOffset after) => null;

    public DateTimeOffset? NextClose(string market, DateTimeOffset after) => null;

    public DateTimeOffset? NextBarClose(string market, DateTimeOffset after, TimeSpan bar) => null;
}
