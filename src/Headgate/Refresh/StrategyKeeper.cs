namespace Headgate.Refresh;

/// <summary>One provider's strategy: tightened at once, loosened slowly, so that it cannot flap. Guarded by the scheduler's lock.</summary>
/// <remarks>
/// Each step between NORMAL and MINIMAL halves the calls. A step back is taken below 40 %, so the usage after it lies below the 80 % at which the
/// next tightening begins: use alone never leads back and forth. Dwell holds loosening only; what is too much is too much at once.
/// </remarks>
internal sealed class StrategyKeeper
{
    public static readonly TimeSpan VolatilityLasts = TimeSpan.FromMinutes(15);

    private const int MinimalAbove = 90;
    private const int ConservativeAbove = 80;
    private const int CalmBelow = 40;
    private const int AggressiveBelow = 60;
    private static readonly TimeSpan CalmFor = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Dwell = TimeSpan.FromMinutes(2);

    private EngineTime? _calmSince;

    public RefreshStrategy Strategy { get; private set; } = RefreshStrategy.Normal;

    public string Because { get; private set; } = "the default";

    public EngineTime Since { get; private set; }

    public EngineTime? VolatileUntil { get; private set; }

    public void Volatile(EngineTime now) => VolatileUntil = now + VolatilityLasts;

    /// <param name="now">Now.</param>
    /// <param name="usagePercent">The provider's largest share used.</param>
    /// <param name="limited">The upstream has answered with a limit error since the last look.</param>
    /// <param name="aggressiveFits">Would the AGGRESSIVE plan leave the usage below the first tightening?</param>
    /// <returns>True when the strategy has changed.</returns>
    public bool Observe(EngineTime now, int usagePercent, bool limited, bool aggressiveFits)
    {
        var before = Strategy;
        if (VolatileUntil <= now)
        {
            VolatileUntil = null;
        }

        _calmSince = usagePercent < CalmBelow && !limited ? _calmSince ?? now : null;
        if (limited)
        {
            Tighten(RefreshStrategy.Minimal, "the upstream said that a limit is reached", now);
        }
        else if (usagePercent > MinimalAbove)
        {
            Tighten(RefreshStrategy.Minimal, $"{usagePercent} % of a limit used", now);
        }
        else if (usagePercent > ConservativeAbove)
        {
            Tighten(RefreshStrategy.Conservative, $"{usagePercent} % of a limit used", now);
        }
        else
        {
            Loosen(usagePercent, aggressiveFits, now);
        }

        return Strategy != before;
    }

    private void Loosen(int usagePercent, bool aggressiveFits, EngineTime now)
    {
        if (Strategy == RefreshStrategy.Aggressive)
        {
            if (VolatileUntil is null)
            {
                Set(RefreshStrategy.Normal, "no volatility for 15 min", now);
            }
        }
        else if (now - Since < Dwell && Since != default)
        {
            return;
        }
        else if (Strategy == RefreshStrategy.Normal)
        {
            if (VolatileUntil is not null && usagePercent < AggressiveBelow && aggressiveFits)
            {
                Set(RefreshStrategy.Aggressive, "volatility reported", now);
            }
        }
        else if (_calmSince is { } since && now - since >= CalmFor)
        {
            _calmSince = now;
            Set(Strategy - 1, $"below {CalmBelow} % for 3 min", now);
        }
    }

    private void Tighten(RefreshStrategy to, string because, EngineTime now)
    {
        if (Strategy < to)
        {
            Set(to, because, now);
        }
    }

    private void Set(RefreshStrategy strategy, string because, EngineTime now) => (Strategy, Because, Since) = (strategy, because, now);
}
