using Headgate.Cli.Twins;

namespace Headgate.Cli.Serving;

/// <summary>What one run of <c>headgate serve</c> is told on its command line.</summary>
/// <param name="DataDirectory">Where durable state lives.</param>
/// <param name="Config">The configuration file, or null for none.</param>
/// <param name="Catalogue">Files and directories of the user's own definitions, laid over the shipped ones in this order.</param>
/// <param name="Market">The market of the emulated Kite Connect that stands in for the real one, or null for the real one.</param>
/// <param name="AcceptCorruptLedger">Start although the ledger is corrupt.</param>
internal sealed record ServeSettings(
    DirectoryInfo DataDirectory, FileInfo? Config, IReadOnlyList<string> Catalogue, Market? Market, bool AcceptCorruptLedger)
{
    /// <summary>Serve only what is held and call nobody.</summary>
    public bool Offline { get; init; }

    /// <summary>Where to listen, or null for what configuration says.</summary>
    public string? Listen { get; init; }

    /// <summary>Where demand is recorded, or null.</summary>
    public string? RecordDemand { get; init; }

    /// <summary>Names of the desk's monitors to run, or null for no desk.</summary>
    public IReadOnlyList<string>? Desk { get; init; }
}
