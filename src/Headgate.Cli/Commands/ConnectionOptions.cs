using System.CommandLine;
using Headgate.Cli.Api;

namespace Headgate.Cli.Commands;

/// <summary>How a command finds the running gate: by address, else by the data directory the gate holds.</summary>
internal sealed class ConnectionOptions
{
    public Option<Uri?> Url { get; } = CommonOptions.Url();

    public Option<DirectoryInfo> DataDirectory { get; } = CommonOptions.DataDirectory();

    /// <exception cref="CommandFailure">No gate runs on the data directory.</exception>
    public GateClient Connect(ParseResult parsed) => new(parsed.GetValue(Url) ?? GateAddress.Of(parsed.GetValue(DataDirectory)!));
}
