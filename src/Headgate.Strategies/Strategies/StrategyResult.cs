namespace Headgate.Strategies;

/// <summary>The outcome of a run: trades and the log of what was skipped, or the reason it failed.</summary>
/// <param name="Error">Null on success. A run without trades is a success.</param>
public sealed record StrategyResult(ResultTable Table, IReadOnlyList<SkipEntry> Skipped, IReadOnlyList<StrategyLeg> Legs, string? Error = null)
{
    public static StrategyResult Failed(string error) => new(ResultTable.Empty, [], [], error);
}
