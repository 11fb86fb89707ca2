using System.CommandLine;

namespace Headgate.Cli;

/// <summary>Examples of commands that other projects bring along.</summary>
internal static class CommandExamples
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["strategy ls"] = ["headgate strategy ls"],
        ["strategy run"] = ["headgate strategy run call_sell_future_buy_weekly", "headgate strategy run call_sell_future_buy_weekly --param spot_adjustment=0 --no-cache --json"],
        ["strategy runs"] = ["headgate strategy runs --limit 5", "headgate strategy runs --status failed --json"],
        ["strategy show"] = ["headgate strategy show 7 --rows 50"],
        ["strategy export"] = ["headgate strategy export 7 --format xlsx --output trades.xlsx"],
        ["jobs ls"] = ["headgate jobs ls --state FAILURE"],
        ["jobs show"] = ["headgate jobs show 3f2a --json"],
        ["jobs cancel"] = ["headgate jobs cancel 3f2a"],
        ["import bhavcopy"] = ["headgate import bhavcopy bhavcopy-folder", "headgate import bhavcopy BhavCopy_NSE_FO_0_0_0_20260105_F_0000.csv.gz --lenient"],
        ["import expiries"] = ["headgate import expiries expiries.csv"],
        ["import spot"] = ["headgate import spot nifty_spot.csv --symbol NIFTY", "headgate import spot --from-bhavcopy NIFTY"],
        ["import ranges"] = ["headgate import ranges base2.csv --name base2"],
        ["import demo"] = ["headgate import demo --days 250 --seed 1"],
    };

    /// <summary>The examples of a command, empty when it shows none.</summary>
    public static IReadOnlyList<string> Of(Command command) => command is GateCommand own ? own.Examples : Known.GetValueOrDefault(PathOf(command)) ?? [];

    // Without the name of the program.
    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault(parent => parent is not RootCommand) is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;
}
