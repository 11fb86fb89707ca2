using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.History;
using Headgate.Reports;
using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>What the parts that serve one provider share.</summary>
internal sealed class ProviderContext
{
    public required EngineOptions Options { get; init; }

    public required EngineClock Clock { get; init; }

    public required IUpstreamTransport Transport { get; init; }

    public required ILedger Ledger { get; init; }

    public required ISecretSource? Secrets { get; init; }

    public required EntryBook Entries { get; init; }

    /// <summary>Candle history, or null where none is kept.</summary>
    public required HistoryBook? History { get; init; }

    public required EntitlementBook Entitlements { get; init; }

    public required FreshnessPolicy Policy { get; init; }

    public required StatsBook Stats { get; init; }

    public required Chance Chance { get; init; }

    /// <summary>Where exceptions go that no caller can be told of.</summary>
    public required Action<Exception> Report { get; init; }

    public required ModeBook Modes { get; init; }

    public CredentialGuard Credentials { get; } = new();

    public Dispatcher Dispatcher { get; set; } = null!;
}
