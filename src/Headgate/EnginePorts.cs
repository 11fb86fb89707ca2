using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.History;
using Headgate.SignIn;
using Headgate.Upstream;

namespace Headgate;

/// <summary>Everything the engine touches of the world outside (design §3).</summary>
public sealed class EnginePorts
{
    /// <summary>Wall and monotonic clock, timers.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Names the boot whose monotonic clock <see cref="Time"/> reads.</summary>
    public required string BootId { get; init; }

    /// <summary>The one source of chance; it also seeds hashing.</summary>
    public required Random Random { get; init; }

    public required IUpstreamTransport Transport { get; init; }

    public required ILedger Ledger { get; init; }

    public required IEntryStore Entries { get; init; }

    /// <summary>Candle history; null keeps answers of candle endpoints whole, as any other.</summary>
    public IHistoryStore? History { get; init; }

    /// <summary>Keeps watches across restarts; null keeps them for this life alone.</summary>
    public Refresh.IWatchStore? Watches { get; init; }

    /// <summary>Turns raw credentials into keyed hashes.</summary>
    public required ICredentialHasher Hasher { get; init; }

    /// <summary>Secrets for callers that bring none; null when the gate holds none.</summary>
    public ISecretSource? Secrets { get; init; }

    /// <summary>Where sign-ins that the gate owns are kept; null leaves those with single-use tokens to callers.</summary>
    public ITokenVault? Vault { get; init; }

    /// <summary>Told once of what only a person can mend; null for nobody. Must not throw.</summary>
    public Action<OperatorAlert>? Alert { get; init; }

    /// <summary>Told of what goes wrong inside and reaches no caller: write failures, broken invariants. Must not throw.</summary>
    public Action<Exception>? Report { get; init; }

    /// <summary>Told in one sentence, without credentials, of what an operator should know; null for nobody. Must not throw.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Told of every safe read that is asked, on the asking thread, for <c>headgate plan</c>; null records nothing. Must not throw.</summary>
    public Action<Recording.DemandRecord>? Recorder { get; init; }

    /// <summary>Trading sessions by market code; an unknown market has no session-aware freshness.</summary>
    public required IMarketSessions Markets { get; init; }
}
