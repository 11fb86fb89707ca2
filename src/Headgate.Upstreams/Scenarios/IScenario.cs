namespace Headgate.Upstreams.Scenarios;

/// <summary>A day (or any span) of a fleet: what clients exist, what they ask over the time, and which emulated upstream they ask.</summary>
/// <remarks>Implementations are free of time and state: the same seed gives the same asks, so that one scenario can be replayed any number of times.</remarks>
public interface IScenario
{
    /// <summary>What commands and reports call it.</summary>
    string Name { get; }

    /// <summary>The provider's catalogue name.</summary>
    string Provider { get; }

    /// <summary>The wall clock at the beginning.</summary>
    DateTimeOffset Start { get; }

    /// <summary>How long it lasts.</summary>
    TimeSpan Length { get; }

    /// <summary>Who asks.</summary>
    IReadOnlyList<ScenarioClient> Clients { get; }

    /// <summary>Everything that is asked, in order of time; what depends on another ask comes after it.</summary>
    /// <param name="seed">Draws what is left to chance.</param>
    IReadOnlyList<ScenarioAsk> Asks(int seed);

    /// <summary>A new upstream, strict about its limits.</summary>
    /// <param name="seed">Prices follow from it.</param>
    ITwin NewTwin(int seed);
}
