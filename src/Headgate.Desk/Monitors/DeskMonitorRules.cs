using Headgate.Desk.Monitors.Options;

namespace Headgate.Desk.Monitors;

/// <summary>What settings of the monitors must be.</summary>
internal static class DeskMonitorRules
{
    public static IEnumerable<string> Faults(DeskMonitorOptions options)
    {
        foreach (var (name, value, min, max) in Numbers(options).Concat(OptionsRules.Numbers(options.Options)))
        {
            if (value < min || value > max)
            {
                yield return FormattableString.Invariant($"desk:{name} is {value}; expected {min} to {max}.");
            }
        }

        if (options.Source is not ("kite" or "yahoo" or "nsepy" or "demo"))
        {
            yield return $"desk:source is {options.Source}; expected kite, yahoo, nsepy or demo.";
        }

        if (options.Session.From >= options.Session.To)
        {
            yield return FormattableString.Invariant($"desk:session:from is {options.Session.From:HH:mm} and :to {options.Session.To:HH:mm}; the window must have a length.");
        }

        foreach (var fault in OptionsRules.Faults(options.Options))
        {
            yield return fault;
        }

        foreach (var text in options.Stock.SectorSnapshots.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TimeOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                yield return $"desk:stock:sectorSnapshots has {text}; expected times such as 09:30.";
            }
        }
    }

    private static IEnumerable<(string Name, decimal Value, decimal Min, decimal Max)> Numbers(DeskMonitorOptions options)
    {
        var (kite, history, stock, minute, atr) = (options.Kite, options.History, options.Stock, options.OneMin, options.Atr);
        yield return ("kite:batchMax", kite.BatchMax, 1, 500);
        yield return ("kite:targetCharsMax", kite.TargetCharsMax, 200, 30_000);
        yield return ("history:calendarDays", history.CalendarDays, 45, 400);
        yield return ("history:parallel", history.Parallel, 1, 50);
        yield return ("history:averageDays", history.AverageDays, 1, 250);
        yield return ("stock:every (minutes)", (decimal)stock.Every.TotalMinutes, 1, 60);
        yield return ("stock:volumeSpikePercent", stock.VolumeSpikePercent, 0, 100);
        yield return ("stock:volumeSpikeMultiple", stock.VolumeSpikeMultiple, 0, 1_000);
        yield return ("stock:volumeMinHistory", stock.VolumeMinHistory, 1, 6);
        yield return ("stock:volumeMaxHistory", stock.VolumeMaxHistory, stock.VolumeMinHistory, 6);
        yield return ("stock:fiveMinutePercent", stock.FiveMinutePercent, 0, 100);
        yield return ("stock:tenMinutePercent", stock.TenMinutePercent, 0, 100);
        yield return ("stock:thirtyMinutePercent", stock.ThirtyMinutePercent, 0, 100);
        yield return ("stock:rotationGap", stock.RotationGap, 0, 1_000);
        yield return ("onemin:changePercent", minute.ChangePercent, 0, 100);
        yield return ("onemin:volumeMultiple", minute.VolumeMultiple, 0, 1_000);
        yield return ("onemin:volumeMinHistory", minute.VolumeMinHistory, 1, 20);
        yield return ("onemin:volumeMaxHistory", minute.VolumeMaxHistory, minute.VolumeMinHistory, 20);
        yield return ("onemin:accelerationMultiple", minute.AccelerationMultiple, 0, 100);
        yield return ("atr:every (minutes)", (decimal)atr.Every.TotalMinutes, 1, 360);
        yield return ("atr:shortPeriod", atr.ShortPeriod, 1, 200);
        yield return ("atr:longPeriod", atr.LongPeriod, 1, 200);
        yield return ("atr:barsMin", atr.BarsMin, Math.Max(atr.ShortPeriod, atr.LongPeriod) + 1, 400);
        yield return ("atr:entryMultiplier", atr.EntryMultiplier, 0, 20);
        yield return ("atr:stopMultiplier", atr.StopMultiplier, 0, 20);
        yield return ("atr:meanDays", atr.MeanDays, 1, 250);
    }
}
