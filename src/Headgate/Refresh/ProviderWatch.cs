namespace Headgate.Refresh;

/// <summary>What is remembered of a provider that is watched. Guarded by the scheduler's lock.</summary>
internal sealed class ProviderWatch(long limitedSeen)
{
    private long _limited = limitedSeen;

    public StrategyKeeper Keeper { get; } = new();

    public (int Percent, string? Limit) Usage { get; private set; }

    /// <returns>True when the adjusted strategy has changed.</returns>
    public bool Observe(EngineTime now, (int Percent, string? Limit) usage, long limited, bool aggressiveFits)
    {
        Usage = usage;
        var isNew = limited > _limited;
        _limited = limited;
        return Keeper.Observe(now, usage.Percent, isNew, aggressiveFits);
    }
}
