using Headgate.Desk.Fleet.Bots;

namespace Headgate.Desk.Fleet;

/// <summary>The fleet as it is shown. Looking at it evaluates nothing and asks nobody.</summary>
/// <param name="Bots">Last evaluations with the age their prices have now: BUY signals, SELL signals, the others; each from the strongest on.</param>
/// <param name="EvaluatedAt">When the last evaluation ended; null before the first.</param>
/// <param name="NextRun">When the next one begins.</param>
/// <param name="Problem">What is wrong with the fleet as a whole, or null: no evaluation when one was due, or prices too old to trade by.</param>
public sealed record FleetStatus(IReadOnlyList<BotDecision> Bots, DateTimeOffset? EvaluatedAt, DateTimeOffset? NextRun, string? Problem)
{
    /// <summary>How long the last evaluation took, its orders included; null before the first.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>Orders of the last evaluation are under way.</summary>
    public bool IsTrading { get; init; }

    /// <summary>Calls made for it; null before the first.</summary>
    public long? Calls { get; init; }

    /// <summary>Age now of the oldest price the bots were shown; null without any.</summary>
    public TimeSpan? OldestPrice => Bots.Max(static bot => bot.DataAge);
}
