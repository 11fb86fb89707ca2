using System.Text.Json.Serialization;
using Headgate.Desk.Alerts;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Where a day's advice stands.</summary>
public enum PositionStage
{
    None,
    Entered,
    Exited,
}

/// <summary>An advised leaving.</summary>
/// <param name="Check">How things stood.</param>
/// <param name="Urgency"><c>HIGH</c> or <c>MEDIUM</c>.</param>
/// <param name="Reasons">Why.</param>
/// <param name="ProfitAndLoss">Estimate from re-quoted premiums, rupees per unit; null when unknown.</param>
public sealed record PositionExit(PositionCheck Check, string Urgency, IReadOnlyList<string> Reasons, decimal? ProfitAndLoss);

/// <summary>A position of the day that was left.</summary>
/// <param name="Layers">Its layers.</param>
/// <param name="Exit">How it was left.</param>
public sealed record PastPosition(IReadOnlyList<PositionLayer> Layers, PositionExit Exit);

/// <summary>What the analyser remembers of a trading day. It begins anew each day.</summary>
/// <param name="Date">The day.</param>
public sealed record OptionDay(DateOnly Date)
{
    /// <summary>Where its advice stands.</summary>
    public PositionStage Stage { get; init; }

    /// <summary>Layers of the present position, or of the last one left.</summary>
    public IReadOnlyList<PositionLayer> Layers { get; init; } = [];

    /// <summary>The last check of the position, or null.</summary>
    public PositionCheck? LastCheck { get; init; }

    /// <summary>How the last position was left, or null.</summary>
    public PositionExit? Exit { get; init; }

    /// <summary>Positions left before the present one was entered.</summary>
    public IReadOnlyList<PastPosition> Earlier { get; init; } = [];

    /// <summary>The last cycle that ran to its end.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>The day's first open interest, by future.</summary>
    public IReadOnlyDictionary<string, long> FirstOi { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The regime, and when it was computed.</summary>
    public string? Regime { get; init; }

    /// <inheritdoc cref="Regime"/>
    public DateTimeOffset? RegimeAt { get; init; }

    /// <summary>Alerts the last cycle decided on. They are raised after the decision is durable, and again should the process have died in between.</summary>
    public IReadOnlyList<Alert> Decided { get; init; } = [];

    /// <summary>The entry: the present position's first layer.</summary>
    [JsonIgnore]
    public PositionLayer? Entry => Layers.Count > 0 ? Layers[0] : null;

    /// <summary>The position entered by an analysis, the one before set aside.</summary>
    internal OptionDay Entered(OptionAnalysis analysis) => this with
    {
        Stage = PositionStage.Entered,
        Earlier = Exit is { } exit ? [.. Earlier, new PastPosition(Layers, exit)] : Earlier,
        Layers = [PositionLayer.Of(analysis, 1)],
        LastCheck = null,
        Exit = null,
    };

    internal OptionDay Added(OptionAnalysis analysis) => this with { Layers = [.. Layers, PositionLayer.Of(analysis, Layers.Count + 1)] };

    internal OptionDay Left(PositionExit exit) => this with { Stage = PositionStage.Exited, Exit = exit, LastCheck = exit.Check };
}
