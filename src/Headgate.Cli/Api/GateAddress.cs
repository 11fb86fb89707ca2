using System.Text.Json;

namespace Headgate.Cli.Api;

/// <summary>Finds the running gate through the data directory it holds.</summary>
internal static class GateAddress
{
    /// <summary>Where the gate that holds the directory listens.</summary>
    /// <exception cref="CommandFailure">No gate holds it, or it does not listen yet.</exception>
    public static Uri Of(DirectoryInfo dataDirectory)
    {
        var path = Path.Combine(dataDirectory.FullName, "headgate.lock");
        if (!File.Exists(path))
        {
            throw new CommandFailure(
                $"no gate runs on the data directory {dataDirectory.FullName}; start one with: headgate serve, or name its address with --url", ExitCode.NotRunning);
        }

        using var owner = JsonDocument.Parse(File.ReadAllBytes(path));
        return owner.RootElement.GetProperty("Url").GetString() is { } url
            ? new Uri(url)
            : throw new CommandFailure("the gate is starting and does not listen yet; try again in a moment", ExitCode.NotRunning);
    }
}
