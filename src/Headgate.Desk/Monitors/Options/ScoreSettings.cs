namespace Headgate.Desk.Monitors.Options;

/// <summary>A step of a score: values below the bound get these points.</summary>
/// <param name="Below">The bound, exclusive.</param>
/// <param name="Points">0 to 100.</param>
public readonly record struct ScoreStep(double Below, double Points);

/// <summary>How the six scores (0 to 100 each) are made and weighed.</summary>
public sealed record ScoreSettings
{
    /// <summary>Default 0.20.</summary>
    public double ThetaWeight { get; init; } = 0.20;

    /// <summary>Default 0.20.</summary>
    public double GammaWeight { get; init; } = 0.20;

    /// <summary>Default 0.15.</summary>
    public double VegaWeight { get; init; } = 0.15;

    /// <summary>Default 0.25.</summary>
    public double VixWeight { get; init; } = 0.25;

    /// <summary>Default 0.10.</summary>
    public double RegimeWeight { get; init; } = 0.10;

    /// <summary>Default 0.10.</summary>
    public double OiWeight { get; init; } = 0.10;

    /// <summary>Points per rupee of daily decay. Default 2.</summary>
    public double ThetaPoints { get; init; } = 2;

    /// <summary>Points lost per unit of gamma. Default 10,000.</summary>
    public double GammaPoints { get; init; } = 10_000;

    /// <summary>Points without a gamma. Default 50.</summary>
    public double GammaUnknown { get; init; } = 50;

    /// <summary>Points by vega. Default below 50: 90, 100: 70, 150: 50, 200: 35.</summary>
    public IReadOnlyList<ScoreStep> VegaSteps { get; init; } = [new(50, 90), new(100, 70), new(150, 50), new(200, 35)];

    /// <summary>Points for more vega than that. Default 20.</summary>
    public double VegaLast { get; init; } = 20;

    /// <summary>Vega that a trend of the volatility index is weighed against, and above which vega is a risk. Default 150.</summary>
    public double VegaHigh { get; init; } = 150;

    /// <summary>Trend of the volatility index beyond which it counts as rising or falling. Points; default 1.5.</summary>
    public double VixTrend { get; init; } = 1.5;

    /// <summary>Vega score lost per point of a rising trend. Default 10, at most <see cref="VegaRisingMax"/>.</summary>
    public double VegaRising { get; init; } = 10;

    /// <summary>Default 30.</summary>
    public double VegaRisingMax { get; init; } = 30;

    /// <summary>Vega score gained per point of a falling trend. Default 8, at most <see cref="VegaFallingMax"/>.</summary>
    public double VegaFalling { get; init; } = 8;

    /// <summary>Default 25.</summary>
    public double VegaFallingMax { get; init; } = 25;

    /// <summary>Points by the volatility index. Default below 12: 100, 15: 75, 20: 40.</summary>
    public IReadOnlyList<ScoreStep> VixSteps { get; init; } = [new(12, 100), new(15, 75), new(20, 40)];

    /// <summary>Points for more than that. Default 10.</summary>
    public double VixLast { get; init; } = 10;

    /// <summary>Points lost or gained per point of its trend. Default 5.</summary>
    public double VixTrendPoints { get; init; } = 5;

    /// <summary>Lost at most. Default 20.</summary>
    public double VixRisingMax { get; init; } = 20;

    /// <summary>Gained at most. Default 15.</summary>
    public double VixFallingMax { get; init; } = 15;

    /// <summary>IV rank above which points are added. Default 75.</summary>
    public double RichRank { get; init; } = 75;

    /// <summary>Points added. Default 10.</summary>
    public double RichPoints { get; init; } = 10;

    /// <summary>IV rank below which points are taken off, and which is a risk factor. Default 25.</summary>
    public double CheapRank { get; init; } = 25;

    /// <summary>Points taken off. Default 15.</summary>
    public double CheapPoints { get; init; } = 15;

    /// <summary>Points of a neutral regime. Default 100.</summary>
    public double RegimeNeutral { get; init; } = 100;

    /// <summary>Points of a bullish or bearish one. Default 60.</summary>
    public double RegimeTrending { get; init; } = 60;

    /// <summary>Points of any other. Default 30.</summary>
    public double RegimeUnknown { get; init; } = 30;

    /// <summary>Points of a build-up of open interest. Default 40.</summary>
    public double OiBuildup { get; init; } = 40;

    /// <summary>Points of covering and unwinding. Default 70.</summary>
    public double OiClosing { get; init; } = 70;

    /// <summary>Points of everything else. Default 90.</summary>
    public double OiOther { get; init; } = 90;

    /// <summary>Score from which the signal is SELL. Default 70.</summary>
    public double SellFrom { get; init; } = 70;

    /// <summary>Score from which it is HOLD; below, AVOID. Default 40.</summary>
    public double HoldFrom { get; init; } = 40;

    /// <summary>Volatility index above which it is a risk. Default 20.</summary>
    public double VixHigh { get; init; } = 20;

    /// <summary>… a slight one. Default 15.</summary>
    public double VixElevated { get; init; } = 15;

    /// <summary>Gamma above which it is a risk. Default 0.01.</summary>
    public double GammaHigh { get; init; } = 0.01;
}
