namespace Headgate.Desk.Monitors.Options;

/// <summary>When to advise leaving a position and adding to it. Points add up.</summary>
public sealed record PositionSettings
{
    /// <summary>Fall of the score since entry. Default 20.</summary>
    public double ScoreDrop { get; init; } = 20;

    /// <summary>Points for it. Default 30.</summary>
    public int ScoreDropPoints { get; init; } = 30;

    /// <summary>Score below which conditions are bad whatever they were. Default 40.</summary>
    public double ScoreMin { get; init; } = 40;

    /// <summary>Points for it. Default 40.</summary>
    public int ScoreMinPoints { get; init; } = 40;

    /// <summary>Rise of the volatility index since entry, in points. Default 2.</summary>
    public double VixRise { get; init; } = 2;

    /// <summary>Points for it. Default 30.</summary>
    public int VixRisePoints { get; init; } = 30;

    /// <summary>Else its rise in percent. Default 10.</summary>
    public double VixRisePercent { get; init; } = 10;

    /// <summary>Points for it. Default 25.</summary>
    public int VixRisePercentPoints { get; init; } = 25;

    /// <summary>Points for a regime that was neutral at entry and is not any more. Default 25.</summary>
    public int RegimePoints { get; init; } = 25;

    /// <summary>Points for a build-up of open interest. Default 20.</summary>
    public int BuildupPoints { get; init; } = 20;

    /// <summary>Move of the index since entry, in points. Default 100.</summary>
    public decimal SpotMove { get; init; } = 100;

    /// <summary>Points for it. Default 25.</summary>
    public int SpotMovePoints { get; init; } = 25;

    /// <summary>Else its move in percent. Default 1.</summary>
    public decimal SpotMovePercent { get; init; } = 1;

    /// <summary>Points for it. Default 20.</summary>
    public int SpotMovePercentPoints { get; init; } = 20;

    /// <summary>
    /// Points for a veto: a reason of its own, since a vetoed run's score is compared by what it would have been. Default 20, so that a veto alone warns and does
    /// not advise to leave.
    /// </summary>
    public int VetoPoints { get; init; } = 20;

    /// <summary>Points from which to leave now. Default 30.</summary>
    public int ExitFrom { get; init; } = 30;

    /// <summary>Points from which that is of high urgency. Default 50.</summary>
    public int ExitUrgentFrom { get; init; } = 50;

    /// <summary>Points from which to consider leaving. Default 15.</summary>
    public int ConsiderFrom { get; init; } = 15;

    /// <summary>Layers of a position at most. Default 3.</summary>
    public int LayersMax { get; init; } = 3;

    /// <summary>Least time between two layers. Default 30 min.</summary>
    public TimeSpan LayersApart { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Score for a late entry, and for points towards adding. Default 70.</summary>
    public double AddScore { get; init; } = 70;

    /// <summary>Points for it. Default 40.</summary>
    public int AddScorePoints { get; init; } = 40;

    /// <summary>Improvement over the last layer's score. Default 10.</summary>
    public double AddImprovement { get; init; } = 10;

    /// <summary>Points for it. Default 30.</summary>
    public int AddImprovementPoints { get; init; } = 30;

    /// <summary>Layers so far up to which adding is early. Default 1.</summary>
    public int AddEarlyLayers { get; init; } = 1;

    /// <summary>Points for it. Default 20.</summary>
    public int AddEarlyPoints { get; init; } = 20;

    /// <summary>An exceptional score. Default 80.</summary>
    public double AddExceptional { get; init; } = 80;

    /// <summary>Points for it. Default 10.</summary>
    public int AddExceptionalPoints { get; init; } = 10;

    /// <summary>Points from which to add. Default 50.</summary>
    public int AddFrom { get; init; } = 50;

    /// <summary>Points from which to consider adding. Default 30.</summary>
    public int ConsiderAddFrom { get; init; } = 30;
}
