using Headgate.Cli.Serving;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Api;

/// <summary>Finds the running gate through the data directory that is meant (<see cref="DemoDirectory.Meant"/>), which it holds.</summary>
internal static class GateAddress
{
    /// <summary>Where the gate that holds the directory listens.</summary>
    /// <exception cref="CommandFailure">No gate holds it, or it does not listen yet.</exception>
    public static Uri Of(DirectoryInfo dataDirectory)
    {
        var owner = OwnerOf(dataDirectory) ?? throw new CommandFailure(
            $"no gate runs on the data directory {dataDirectory.FullName}; start one with: headgate serve, or name its address with --url", ExitCode.NotRunning);
        return owner.Url is { } url
            ? new Uri(url)
            : throw new CommandFailure($"the process that holds the data directory ({owner}) does not listen: a gate that is starting does in a moment, headgate desk run never", ExitCode.NotRunning);
    }

    /// <summary>Who holds it, or null when nobody does.</summary>
    public static DataDirectoryOwner? OwnerOf(DirectoryInfo dataDirectory) => DataDirectory.FindOwner(DemoDirectory.Meant(dataDirectory).FullName);
}
