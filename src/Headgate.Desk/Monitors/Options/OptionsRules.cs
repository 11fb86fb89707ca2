namespace Headgate.Desk.Monitors.Options;

/// <summary>What settings of the analyser must be.</summary>
internal static class OptionsRules
{
    public static IEnumerable<(string Name, decimal Value, decimal Min, decimal Max)> Numbers(OptionsSettings options)
    {
        var (vetoes, scores, position) = (options.Vetoes, options.Scores, options.Position);
        yield return ("options:every (minutes)", (decimal)options.Every.TotalMinutes, 1, 360);
        yield return ("options:vixTrendDays", options.VixTrendDays, 1, 60);
        yield return ("options:vixRankDays", options.VixRankDays, 1, 1_900);
        yield return ("options:dailyDays", options.DailyDays, 1, 400);
        yield return ("options:pivotDays", options.PivotDays, 1, 60);
        yield return ("options:regimeDays", options.RegimeDays, 1, 400);
        yield return ("options:intradayDays", options.IntradayDays, 1, 60);
        yield return ("options:expiryDaysMin", options.ExpiryDaysMin, 0, 365);
        yield return ("options:expiries", options.Expiries, 1, 6);
        yield return ("options:futures", options.Futures, 1, 3);
        yield return ("options:strikeStep", options.StrikeStep, 1, 10_000);
        yield return ("options:strangleWidth", options.StrangleWidth, 0, 100_000);
        yield return ("options:rate", Bounded(options.Rate), -1, 1);
        yield return ("options:yearsMin", Bounded(options.YearsMin), 0.000001m, 1);
        yield return ("options:vetoes:strongRank", Bounded(vetoes.StrongRank), Bounded(vetoes.ModerateRank), 100);
        yield return ("options:vetoes:moderateRank", Bounded(vetoes.ModerateRank), Bounded(vetoes.WeakRank), 100);
        yield return ("options:vetoes:weakRank", Bounded(vetoes.WeakRank), 0, 100);
        yield return ("options:vetoes:rankBarsMin", vetoes.RankBarsMin, 1, 2_000);
        yield return ("options:vetoes:vixTrendSessions", vetoes.VixTrendSessions, 1, 60);
        yield return ("options:vetoes:realisedBars", vetoes.RealisedBars, 2, 250);
        yield return ("options:vetoes:vixPerDay", Bounded(vetoes.VixPerDay), 1, 100);
        yield return ("options:vetoes:rangeBars", vetoes.RangeBars, 1, 250);
        yield return ("options:vetoes:intradayDays", vetoes.IntradayDays, 1, 60);
        yield return ("options:vetoes:regimeBars", vetoes.RegimeBars, 1, 250);
        yield return ("options:scores:sellFrom", Bounded(scores.SellFrom), Bounded(scores.HoldFrom), 100);
        yield return ("options:scores:holdFrom", Bounded(scores.HoldFrom), 0, 100);
        foreach (var (name, weight) in new[]
        {
            ("theta", scores.ThetaWeight), ("gamma", scores.GammaWeight), ("vega", scores.VegaWeight), ("vix", scores.VixWeight), ("regime", scores.RegimeWeight), ("oi", scores.OiWeight),
        })
        {
            yield return ($"options:scores:{name}Weight", Bounded(weight), 0, 1);
        }

        yield return ("options:position:exitFrom", position.ExitFrom, position.ConsiderFrom, position.ExitUrgentFrom);
        yield return ("options:position:layersMax", position.LayersMax, 1, 20);
        yield return ("options:position:addFrom", position.AddFrom, position.ConsiderAddFrom, 1_000);
    }

    /// <summary>Scores that do not lie between 0 and 100 by construction.</summary>
    public static IEnumerable<string> Faults(OptionsSettings options)
    {
        var scores = options.Scores;
        var sum = scores.ThetaWeight + scores.GammaWeight + scores.VegaWeight + scores.VixWeight + scores.RegimeWeight + scores.OiWeight;
        if (Math.Abs(sum - 1) > 1e-9)
        {
            yield return FormattableString.Invariant($"desk:options:scores has weights that add up to {sum}; expected 1.");
        }

        if (options.EntryTime > options.LastTime)
        {
            yield return FormattableString.Invariant($"desk:options:entryTime is {options.EntryTime:HH:mm} and :lastTime {options.LastTime:HH:mm}; expected them in order.");
        }
    }

    // What no decimal can be is out of every range.
    private static decimal Bounded(double value) => double.Abs(value) < 1e28 ? (decimal)value : value < 0 ? decimal.MinValue : decimal.MaxValue;
}
