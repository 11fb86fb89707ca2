using Headgate.Catalogue;

namespace Headgate.Simulation;

/// <summary>How a fleet's day is lived.</summary>
/// <param name="Catalogue">Knows every provider of the day.</param>
public sealed record FleetDayOptions(CatalogueModel Catalogue)
{
    /// <summary>What all chance follows from; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>From a send to its arrival; default 20 ms.</summary>
    public TimeSpan Out { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From an arrival to the first byte of the answer; default 30 ms.</summary>
    public TimeSpan Back { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>The engine's own options.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Market sessions; default the shipped calendars.</summary>
    public IMarketSessions Markets { get; init; } = new Markets.MarketSessions(Headgate.Markets.MarketCalendars.Shipped);

    /// <summary>Moments, from the beginning of the day, at which the gate's process is killed and started anew two seconds later; default none.</summary>
    public IReadOnlyList<TimeSpan> Kills { get; init; } = [];

    /// <summary>Told how much is done, 0 to 1.</summary>
    public Action<double>? Progress { get; init; }
}
