using System.Globalization;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Readings;

namespace Headgate.Cli.Monitoring;

/// <summary>A table that grows by a line per collection: readings that are fresh of all, by part, and what is not. Intervals that a budget could not carry are told when they change.</summary>
internal sealed class CollectionTable(TextWriter output)
{
    private string _stretched = "";
    private bool _hasHead;

    public void Tell(CollectorStatus status, DateTimeOffset now)
    {
        Stretched(status);
        if (!_hasHead)
        {
            _hasHead = true;
            output.WriteLine("cycle (UTC)  " + string.Join("  ", status.Parts.Select(static part => part.Name)) + "  done after  next   not fresh");
        }

        output.WriteLine(Line(status, now));
        output.Flush();
    }

    private static string Line(CollectorStatus status, DateTimeOffset now)
    {
        var at = status.Last!.At;
        var parts = status.Parts.Select(static part => $"{part.Items.Count(static reading => reading.State == ReadingState.Fresh)}/{part.Items.Count}".PadLeft(part.Name.Length));
        var rest = status.Parts.Where(static part => part.State != ReadingState.Fresh).Select(static part => $"{part.Name} {(part.State == ReadingState.Stale ? "in part" : "unavailable")}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{at.UtcDateTime:HH:mm:ss}     {string.Join("  ", parts)}  {(now - at).TotalSeconds,8:0.00} s  {status.NextRun.UtcDateTime:HH:mm}  {string.Join(", ", rest)}").TrimEnd();
    }

    private void Stretched(CollectorStatus status)
    {
        var groups = status.Parts.SelectMany(static part => part.Stretched).GroupBy(static read => (read.Wanted, read.Interval, read.StretchPercent, read.Limit));
        var told = string.Join('\n', groups.Select(static group => $"stretched: {group.Count()} reads of {Names(group)} every {group.Key.Interval:hh\\:mm\\:ss} instead of {group.Key.Wanted:hh\\:mm\\:ss}, what {group.Key.Limit} carries"));
        if (!string.Equals(told, _stretched, StringComparison.Ordinal))
        {
            _stretched = told;
            output.WriteLine(told.Length == 0 ? "stretched: nothing any longer" : told);
        }
    }

    private static string Names(IEnumerable<StretchedRead> reads) => string.Join(", ", reads.Select(static read => read.Name[..read.Name.IndexOf(' ', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal));
}
