using System.Globalization;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Canada;
using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Days;

/// <summary>
/// What the research system reports every quarter of an hour: each reading that is as new as asked, and for news and rates which story and which day it is. Prices
/// move while an interval lasts, so their values are no part of it.
/// </summary>
internal sealed class ResearchReport(DateTimeOffset start, CollectorOptions options, Action<FleetAlert> note)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    public void Note(Collection collection)
    {
        if (!Begins(Every, collection.At))
        {
            return;
        }

        foreach (var part in collection.Parts)
        {
            foreach (var reading in part.All.Where(static reading => reading.State == ReadingState.Fresh))
            {
                note(new FleetAlert(
                    string.Create(CultureInfo.InvariantCulture, $"{collection.At.ToOffset(start.Offset):HH:mm} {part.Name} {reading.Item}{Mark(reading, collection.At)}"), collection.At, ServiceOf(part.Name)));
            }
        }
    }

    private static string ServiceOf(string part) => part switch
    {
        PartNames.Quotes or PartNames.Accounts => Collector.QuestradeClient,
        PartNames.Factors => Collector.FactorClient,
        _ => Collector.Client,
    };

    private string Mark(IReading reading, DateTimeOffset at) => reading.Data switch
    {
        NewsFeed feed when Begins(options.NewsEvery, at) => string.Create(CultureInfo.InvariantCulture, $" {feed.Stories[0].Published?.UtcDateTime:HH:mm}"),
        RateGroup group when Begins(options.RatesEvery, at) => string.Create(CultureInfo.InvariantCulture, $" {group.Observations[0].Date:yyyy-MM-dd} {group.Observations[0].Value}"),
        _ => "",
    };

    // A cycle begins some milliseconds after its moment, because timers are never early.
    private bool Begins(TimeSpan every, DateTimeOffset at) => (at - start).Ticks % every.Ticks < TimeSpan.TicksPerSecond;
}
