namespace Headgate.Upstreams.Scenarios;

/// <summary>A bot, monitor or notebook of a scenario.</summary>
/// <param name="Name">What it calls itself towards the gate.</param>
/// <param name="Headers">What it sends with every request: its credential.</param>
public sealed record ScenarioClient(string Name, IReadOnlyList<TwinHeader> Headers);
