using Headgate.Desk.Monitors;

namespace Headgate.Cli.Monitoring;

/// <summary>Where the desk's files are: below the data directory. A demo's are apart, so that it never writes over workbooks people use.</summary>
/// <param name="Logs">Log files, one per service.</param>
/// <param name="Workbooks">Workbooks, where settings name no directory.</param>
/// <param name="IsDemo">Then settings are not followed.</param>
internal sealed record DeskPlaces(string Logs, string Workbooks, bool IsDemo)
{
    public static DeskPlaces Of(string root, bool isDemo)
    {
        var below = isDemo ? Path.Combine(root, "demo") : root;
        return new DeskPlaces(Path.Combine(below, "logs"), Path.Combine(below, "alerts"), isDemo);
    }

    /// <summary>The settings with the directories that they leave open.</summary>
    public DeskMonitorOptions Into(DeskMonitorOptions options) => options with
    {
        FollowUp = options.FollowUp with { Directory = Or(options.FollowUp.Directory) },
        Options = options.Options with { WorkbookDirectory = Or(options.Options.WorkbookDirectory) },
    };

    private string Or(string? set) => IsDemo || string.IsNullOrWhiteSpace(set) ? Workbooks : set;
}
