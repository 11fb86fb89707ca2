using Headgate.Cli.Monitoring;
using Headgate.Cli.Twins;

namespace Headgate.Cli.Serving;

/// <summary>What one run of <c>headgate serve</c> is told on its command line.</summary>
/// <param name="DataDirectory">Where durable state lives; a demo's is in a directory of its own below it.</param>
/// <param name="Config">The configuration file, or null for none.</param>
/// <param name="Catalogue">Files and directories of the user's own definitions, laid over the shipped ones in this order.</param>
/// <param name="Market">The market of the emulated upstreams that stand in for the real ones, or null for the real ones.</param>
/// <param name="AcceptCorruptLedger">Start although the ledger is corrupt.</param>
internal sealed record ServeSettings(
    DirectoryInfo DataDirectory, FileInfo? Config, IReadOnlyList<string> Catalogue, Market? Market, bool AcceptCorruptLedger)
{
    /// <summary>Where this process keeps what it knows.</summary>
    public DirectoryInfo Place => Market is null ? DataDirectory : DemoDirectory.Below(DataDirectory);

    /// <summary>Serve only what is held and call nobody.</summary>
    public bool Offline { get; init; }

    /// <summary>Where to listen, or null for what configuration says.</summary>
    public string? Listen { get; init; }

    /// <summary>Log what is wrong alone.</summary>
    public bool Quiet { get; init; }

    /// <summary>Where demand is recorded, or null.</summary>
    public string? RecordDemand { get; init; }

    /// <summary>The systems of the desk that run in this process; none is a gate alone, whose demo is Kite Connect.</summary>
    public IReadOnlyList<LiveChoice> Desk { get; init; } = [];

    /// <summary>What this process emulates. In a demo always Kite Connect: a client's order must not reach the real one because only other systems run.</summary>
    public IEnumerable<EmulatedUpstream> Upstreams()
    {
        var systems = Desk.SelectMany(choice => choice.System.Upstreams(Market));
        return Market is { } market ? [.. systems, DemoUpstreams.Kite(market), DemoUpstreams.Telegram(market)] : systems;
    }
}
