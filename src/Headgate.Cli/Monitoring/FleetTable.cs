using System.Globalization;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Signals;

namespace Headgate.Cli.Monitoring;

/// <summary>A table for each evaluation of the fleet, BUY, SELL and hold, each from the strongest on; it reads the same on a terminal and in a file.</summary>
internal sealed class FleetTable(Func<FleetStatus> status, TextWriter output)
{
    // Evaluations are minutes apart.
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private DateTimeOffset? _told;
    private string? _problem;

    /// <summary>Writes what is new since the last time.</summary>
    public void Tell()
    {
        var now = status();
        if (now is { EvaluatedAt: { } at, IsTrading: false } && at != _told)
        {
            (_told, _problem) = (at, now.Problem);
            output.WriteLine(Text(now));
        }
        else if (_told is not null && now.EvaluatedAt == _told && now.Problem != _problem)
        {
            // A cycle that is late has no table of its own.
            _problem = now.Problem;
            output.WriteLine(now.Problem is { } problem ? $"fleet: PROBLEM: {problem}" : "fleet: well again");
        }

        output.Flush();
    }

    public static string Text(FleetStatus status)
    {
        var lines = new List<string>
        {
            "",
            string.Create(CultureInfo.InvariantCulture, $"{status.EvaluatedAt:HH:mm:ss}  pair           score  strength          price     age  mode    last order, and why"),
        };
        foreach (var group in status.Bots.GroupBy(static bot => bot.Signal))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Word(group.Key)} ({group.Count()})"));
            lines.AddRange(group.SelectMany(Rows));
        }

        lines.Add(Summary(status));
        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Rows(BotDecision bot)
    {
        var mode = bot.Mode == BotMode.On ? "" : bot.Mode.ToString().ToLowerInvariant();
        var score = bot.Scores is { } scores ? scores.Total.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture) : "-";
        var price = bot.Price?.ToString("0.########", CultureInfo.InvariantCulture) ?? "-";
        var age = bot.DataAge is { } old ? string.Create(CultureInfo.InvariantCulture, $"{old.TotalSeconds:0.0} s") : "-";
        yield return $"          {bot.Pair,-12} {score,7}  {Strength(bot),-8} {price,14} {age,7}  {mode,-6}  {bot.Reason}".TrimEnd();
        if (bot.LastOrder is { } order)
        {
            yield return $"          {"",-12} {"",7}  {"",-8} {"",14} {"",7}  {"",-6}  last order: {order}";
        }

        if (bot.Difference is { } difference)
        {
            yield return $"          {"",-12} {"",7}  {"",-8} {"",14} {"",7}  {"",-6}  shadow: {difference}";
        }
    }

    private static string Word(BotAction signal) => signal switch { BotAction.Buy => "BUY", BotAction.Sell => "SELL", _ => "hold" };

    private static string Strength(BotDecision bot) => bot.Scores is null ? "-" : bot.Temperature switch
    {
        Temperature.Hot => "hot",
        Temperature.Warm => "warm",
        Temperature.Cool => "cool",
        _ => "frozen",
    };

    private static string Summary(FleetStatus status) => string.Create(
        CultureInfo.InvariantCulture,
        $"fleet: {status.Bots.Count} bots in {status.Took?.TotalSeconds:0.00} s, {status.Calls} calls, oldest price {status.OldestPrice?.TotalSeconds:0.0} s, next {status.NextRun:HH:mm:ss}{(status.Problem is { } problem ? $"; PROBLEM: {problem}" : "; well")}");
}
