using Headgate.Desk.Monitors;

namespace Headgate.Cli.Monitoring;

/// <summary>Where the desk's files are: below the data directory, which a demo has of its own.</summary>
/// <param name="Logs">Log files, one per service.</param>
/// <param name="Workbooks">Workbooks, where settings name no directory.</param>
/// <param name="IsDemo">Then settings are not followed, so that it never writes over workbooks people use.</param>
internal sealed record DeskPlaces(string Logs, string Workbooks, bool IsDemo)
{
    public static DeskPlaces Of(string root, bool isDemo) => new(Path.Combine(root, "logs"), Path.Combine(root, "alerts"), isDemo);

    /// <summary>The settings with the directories that they leave open.</summary>
    public DeskMonitorOptions Into(DeskMonitorOptions options) => options with
    {
        FollowUp = options.FollowUp with { Directory = Or(options.FollowUp.Directory) },
        Options = options.Options with { WorkbookDirectory = Or(options.Options.WorkbookDirectory) },
    };

    private string Or(string? set) => IsDemo || string.IsNullOrWhiteSpace(set) ? Workbooks : set;
}
