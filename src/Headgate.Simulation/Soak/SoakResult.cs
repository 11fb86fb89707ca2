namespace Headgate.Simulation;

/// <summary>What a seed's run came to.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Hash">Hash of all events: two runs of one seed must agree.</param>
/// <param name="Violations">Empty when every invariant held.</param>
/// <param name="Demands">Answers given, by kind.</param>
/// <param name="Calls">Calls sent.</param>
/// <param name="Crashes">Times the gate was killed.</param>
/// <param name="Events">Continuations and timers run.</param>
/// <param name="Lines">Readable log, when asked for.</param>
public sealed record SoakResult(
    int Seed,
    ulong Hash,
    IReadOnlyList<string> Violations,
    IReadOnlyDictionary<FetchKind, int> Demands,
    long Calls,
    int Crashes,
    long Events,
    IReadOnlyCollection<string> Lines)
{
    public bool IsGood => Violations.Count == 0;
}
