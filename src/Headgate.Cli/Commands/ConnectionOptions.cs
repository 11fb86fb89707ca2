using System.CommandLine;
using Headgate.Cli.Api;
using Headgate.Cli.Resting;
using Headgate.Cli.Serving;

namespace Headgate.Cli.Commands;

/// <summary>How a command finds the running gate: by address, else by the data directory the gate holds.</summary>
internal sealed class ConnectionOptions
{
    public Option<Uri?> Url { get; } = CommonOptions.Url();

    public Option<DirectoryInfo> DataDirectory { get; } = CommonOptions.DataDirectory();

    /// <exception cref="CommandFailure">No gate runs on the data directory.</exception>
    public GateClient Connect(ParseResult parsed) => new(parsed.GetValue(Url) ?? GateAddress.Of(parsed.GetValue(DataDirectory)!));

    /// <summary>The running gate, or the data directory's own files when none runs on it (design §7).</summary>
    /// <exception cref="CommandFailure">No gate runs there and none ever did, or its files cannot be used.</exception>
    public async Task<GateSession> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var directory = DemoDirectory.Meant(parsed.GetValue(DataDirectory)!);
        if (parsed.GetValue(Url) is not null || GateAddress.OwnerOf(directory) is not null || !RestingGate.Exists(directory))
        {
            return new GateSession(Connect(parsed), resting: null);
        }

        var resting = await RestingGate.OpenAsync(directory, parsed.InvocationConfiguration.Error, cancellation);
        return new GateSession(new GateClient(resting.Address), resting);
    }
}
