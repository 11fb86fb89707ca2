namespace Headgate.Markets;

/// <summary>Rules that hold between days: sessions of a market never overlap, which the binary search relies on.</summary>
internal static class MarketDefinitionCheck
{
    // A year nobody lists stands for all that follow: only the weekly pattern acts there.
    private const int UnlistedYear = 2190;

    /// <summary>Computes every year in which the definition states something, and the year after it.</summary>
    public static void Overlaps(MarketDefinition definition, CalendarErrors errors)
    {
        if (definition.Endless)
        {
            return;
        }

        var stated = definition.Years.Keys
            .Concat(definition.Days.Keys.Select(date => date.Year))
            .Concat(definition.Regular.Select(regular => regular.From.Year))
            .Append(UnlistedYear)
            .Where(Timeline.Holds);
        var years = stated.SelectMany(year => new[] { year - 1, year, year + 1 }).Where(Timeline.Holds).Distinct().Order();
        YearTable? before = null;
        foreach (var year in years)
        {
            var table = YearTableBuilder.Build(definition, year);
            var shut = before?.Closes is [.., var last] ? last : long.MinValue;
            for (var i = 0; i < table.Opens.Length; i++)
            {
                if (table.Opens[i] < shut || table.Closes[i] <= table.Opens[i])
                {
                    errors.Add(1, $"the session of {table.SessionOfPart[i].Date:uuuu-MM-dd} begins before the one before it ends");
                    return;
                }

                shut = table.Closes[i];
            }

            before = table;
        }
    }
}
