using System.Globalization;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Cli.Monitoring;

/// <summary>A table that grows by a line per cycle, so that it reads the same on a terminal and in a file and alerts may stand between its lines.</summary>
internal sealed class CycleTable(Func<IReadOnlyList<MonitorStatus>> status, TextWriter output)
{
    // Cycles of one monitor are a minute apart.
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private bool _hasHead;

    /// <summary>Writes the cycles that ended since the last time, in the order of their ends.</summary>
    public void Tell()
    {
        foreach (var one in status().Where(one => one.LastEnded is { } ended && !(_told.TryGetValue(one.Name, out var told) && told == ended)).OrderBy(static one => one.LastEnded))
        {
            _told[one.Name] = one.LastEnded!.Value;
            if (!_hasHead)
            {
                _hasHead = true;
                output.WriteLine("cycle  monitor       checked    drops  rises   sent  errors  with OI   done after  next   note");
            }

            output.WriteLine(Line(one));
        }

        output.Flush();
    }

    public static string Line(MonitorStatus one)
    {
        var result = one.LastResult ?? new CycleResult(0, 0);
        var after = one.LastEnded!.Value - one.LastCycle!.Value;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Ist.Of(one.LastCycle.Value):HH:mm}  {one.Name,-12}  {$"{result.Checked}/{result.Total}",-9}  {result.DropAlerts,5}  {result.RiseAlerts,5}  {result.AlertsSent,5}  {result.Errors,6}  {result.OiStocks,7}  {after.TotalSeconds,9:0.00} s  {(one.Next is { } next ? $"{Ist.Of(next):HH:mm}" : "-"),-5}  {one.LastError ?? result.Note}").TrimEnd();
    }
}
