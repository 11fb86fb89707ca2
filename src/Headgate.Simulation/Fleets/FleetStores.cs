namespace Headgate.Simulation;

/// <summary>What of a gate and its fleet survives a crash, and from one day to the next.</summary>
public sealed class FleetStores
{
    /// <summary>Budgets and charges.</summary>
    public LedgerDisk Ledger { get; } = new();

    /// <summary>Entries.</summary>
    public EntryDisk Entries { get; } = new();

    /// <summary>Candles.</summary>
    public HistoryDisk History { get; } = new();

    /// <summary>Sign-ins that the gate owns.</summary>
    public VaultDisk Vault { get; } = new();

    /// <summary>Alerts, cooldowns, positions, watchlists.</summary>
    public RecordDisk Records { get; } = new();
}
