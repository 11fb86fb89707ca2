using Headgate.Desk.Fleet.Signals;

namespace Headgate.Desk.Fleet.Bots;

/// <summary>A bot's last evaluation, as it is shown: whoever looks at it causes neither an evaluation nor a call.</summary>
/// <param name="Pair">The bot's pair.</param>
/// <param name="Action">What it decided.</param>
/// <param name="Reason">One sentence why.</param>
/// <param name="At">When.</param>
public sealed record BotDecision(string Pair, BotAction Action, string Reason, DateTimeOffset At)
{
    /// <summary>When its cycle began.</summary>
    public DateTimeOffset Cycle { get; init; }

    /// <summary>The signals; null when there was nothing to compute them from, or a gate stood before.</summary>
    public Scores? Scores { get; init; }

    /// <summary>Where the score points, confirmed or not, gates or not: what bots are grouped by.</summary>
    public BotAction Signal { get; init; }

    /// <summary>The price it looked at, or null.</summary>
    public decimal? Price { get; init; }

    /// <summary>How old that price was; null without one.</summary>
    public TimeSpan? DataAge { get; init; }

    /// <summary>When it is evaluated next.</summary>
    public DateTimeOffset NextRun { get; init; }

    /// <summary>What became of its last order, or null.</summary>
    public string? LastOrder { get; init; }

    /// <summary>The mode it has now.</summary>
    public BotMode Mode { get; init; }

    /// <summary>Of a bot in shadow mode: how its own data differed from the fleet's snapshot; null when they agreed.</summary>
    public string? Difference { get; init; }

    /// <summary>The score's strength.</summary>
    public Temperature Temperature => Scores?.Temperature ?? Temperature.Frozen;
}
