using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Api;

/// <summary>Finds the running gate through the data directory it holds.</summary>
internal static class GateAddress
{
    /// <summary>Where the gate that holds the directory listens.</summary>
    /// <exception cref="CommandFailure">No gate holds it, or it does not listen yet.</exception>
    public static Uri Of(DirectoryInfo dataDirectory)
    {
        var owner = DataDirectory.FindOwner(dataDirectory.FullName) ?? throw new CommandFailure(
            $"no gate runs on the data directory {dataDirectory.FullName}; start one with: headgate serve, or name its address with --url", ExitCode.NotRunning);
        return owner.Url is { } url
            ? new Uri(url)
            : throw new CommandFailure($"the process that holds the data directory ({owner}) does not listen: a gate that is starting does in a moment, headgate desk run never", ExitCode.NotRunning);
    }
}
