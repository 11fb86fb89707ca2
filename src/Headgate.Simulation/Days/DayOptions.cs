namespace Headgate.Simulation;

/// <summary>How a scenario is replayed.</summary>
public sealed record DayOptions
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

    /// <summary>Told of every demand of the gate's replay, for <see cref="PlanRun"/>.</summary>
    public Action<Recording.DemandRecord>? Recorder { get; init; }

    /// <summary>Told how much of the gate's replay is done, 0 to 1.</summary>
    public Action<double>? Progress { get; init; }
}
