using System.Globalization;
using Headgate.Desk.Analytics;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Advice on leaving.</summary>
/// <param name="Signal"><c>EXIT_NOW</c>, <c>CONSIDER_EXIT</c> or <c>HOLD_POSITION</c>.</param>
/// <param name="Urgency"><c>HIGH</c>, <c>MEDIUM</c>, <c>LOW</c> or <c>NONE</c>.</param>
/// <param name="Points">Sum of the reasons' points.</param>
/// <param name="Reasons">A sentence each.</param>
public sealed record ExitAdvice(string Signal, string Urgency, int Points, IReadOnlyList<string> Reasons);

/// <summary>Advice on adding.</summary>
/// <param name="Signal"><c>ADD_POSITION</c>, <c>CONSIDER_ADD</c> or <c>NO_ADD</c>.</param>
/// <param name="Points">Sum of the reasons' points.</param>
/// <param name="Reasons">A sentence each.</param>
public sealed record AddAdvice(string Signal, int Points, IReadOnlyList<string> Reasons);

/// <summary>Compares an analysis with a position. Pure.</summary>
public static class PositionJudge
{
    /// <summary>Whether to leave. A vetoed analysis is compared by the score it would have had: a veto is a reason of its own.</summary>
    public static ExitAdvice Exit(PositionLayer entry, OptionAnalysis now, PositionSettings settings)
    {
        var (points, reasons) = (0, new List<string>());
        void Count(int worth, FormattableString reason)
        {
            points += worth;
            reasons.Add(reason.ToString(CultureInfo.InvariantCulture));
        }

        var drop = entry.Score - now.ComparableScore;
        if (drop >= settings.ScoreDrop)
        {
            Count(settings.ScoreDropPoints, $"Score dropped {drop:0.0} points (entry {entry.Score:0.0}, now {now.ComparableScore:0.0})");
        }

        if (now.ComparableScore < settings.ScoreMin)
        {
            Count(settings.ScoreMinPoints, $"Score {now.ComparableScore:0.0} is below {settings.ScoreMin:0}");
        }

        var vix = (double)(now.Vix - entry.Vix);
        var vixPercent = entry.Vix > 0 ? vix / (double)entry.Vix * 100 : 0;
        if (vix >= settings.VixRise)
        {
            Count(settings.VixRisePoints, $"VIX rose {vix:0.00} points (entry {entry.Vix:0.00}, now {now.Vix:0.00})");
        }
        else if (vixPercent >= settings.VixRisePercent)
        {
            Count(settings.VixRisePercentPoints, $"VIX rose {vixPercent:0.0} % (entry {entry.Vix:0.00}, now {now.Vix:0.00})");
        }

        if (entry.Regime == Regimes.Neutral && now.MarketRegime != Regimes.Neutral)
        {
            Count(settings.RegimePoints, $"Market regime changed from {entry.Regime} to {now.MarketRegime}");
        }

        if (now.OiPatternName is OiPattern.LongBuildup or OiPattern.ShortBuildup)
        {
            Count(settings.BuildupPoints, $"Open interest builds up ({now.OiPatternName})");
        }

        var move = Math.Abs(now.NiftySpot - entry.NiftySpot);
        var movePercent = entry.NiftySpot > 0 ? move / entry.NiftySpot * 100 : 0;
        if (move >= settings.SpotMove)
        {
            Count(settings.SpotMovePoints, $"NIFTY moved {now.NiftySpot - entry.NiftySpot:+0.00;-0.00} points since entry");
        }
        else if (movePercent >= settings.SpotMovePercent)
        {
            Count(settings.SpotMovePercentPoints, $"NIFTY moved {movePercent:0.0} % since entry");
        }

        if (now.Veto is { } veto)
        {
            Count(settings.VetoPoints, $"New sales are vetoed: {veto.Type} ({veto.Data})");
        }

        return points >= settings.ExitFrom
            ? new ExitAdvice("EXIT_NOW", points >= settings.ExitUrgentFrom ? "HIGH" : "MEDIUM", points, reasons)
            : points >= settings.ConsiderFrom
                ? new ExitAdvice("CONSIDER_EXIT", "LOW", points, reasons)
                : new ExitAdvice("HOLD_POSITION", "NONE", points, reasons);
    }

    /// <summary>Whether another layer is allowed by number and time.</summary>
    public static bool CanAdd(IReadOnlyList<PositionLayer> layers, DateTimeOffset now, PositionSettings settings) =>
        layers.Count < settings.LayersMax && (layers.Count == 0 || now - layers[^1].Timestamp >= settings.LayersApart);

    /// <summary>Whether to add. A vetoed analysis scores 0 and adds nothing.</summary>
    public static AddAdvice Add(IReadOnlyList<PositionLayer> layers, OptionAnalysis now, PositionSettings settings)
    {
        var (points, reasons) = (0, new List<string>());
        void Count(int worth, FormattableString reason)
        {
            points += worth;
            reasons.Add(reason.ToString(CultureInfo.InvariantCulture));
        }

        if (now.Veto is { } veto)
        {
            return new AddAdvice("NO_ADD", 0, [$"New sales are vetoed: {veto.Type}"]);
        }

        if (now.TotalScore >= settings.AddScore)
        {
            Count(settings.AddScorePoints, $"Score {now.TotalScore:0.0} is at least {settings.AddScore:0}");
        }

        var last = layers[^1].Score;
        if (now.TotalScore - last >= settings.AddImprovement)
        {
            Count(settings.AddImprovementPoints, $"Score improved {now.TotalScore - last:0.0} points since the last layer");
        }

        if (layers.Count <= settings.AddEarlyLayers)
        {
            Count(settings.AddEarlyPoints, $"Early: {layers.Count} layer so far");
        }

        if (now.TotalScore >= settings.AddExceptional)
        {
            Count(settings.AddExceptionalPoints, $"Exceptional score {now.TotalScore:0.0}");
        }

        return new AddAdvice(points >= settings.AddFrom ? "ADD_POSITION" : points >= settings.ConsiderAddFrom ? "CONSIDER_ADD" : "NO_ADD", points, reasons);
    }
}
