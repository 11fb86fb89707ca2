using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Flights;
using Headgate.History;
using Headgate.Reports;
using Headgate.SignIn;
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

    /// <summary>Where responses that depend on request fields stand.</summary>
    public Variants Variants => field ??= new Variants(Entries, Hasher);

    /// <summary>Candle history, or null where none is kept.</summary>
    public required HistoryBook? History { get; init; }

    public required EntitlementBook Entitlements { get; init; }

    public required FreshnessPolicy Policy { get; init; }

    public required StatsBook Stats { get; init; }

    public required Chance Chance { get; init; }

    /// <summary>Where exceptions go that no caller can be told of.</summary>
    public required Action<Exception> Report { get; init; }

    public required ModeBook Modes { get; init; }

    public required EngineEvents Events { get; init; }

    /// <summary>The sign-in that the gate owns here, or null.</summary>
    public ISignIn? SignIn { get; set; }

    /// <summary>Servers that clients' own logins named.</summary>
    public ServerBook Servers { get; } = new();

    /// <summary>Turns credentials into keyed hashes.</summary>
    public required ICredentialHasher Hasher { get; init; }

    public required CredentialGuard Credentials { get; init; }

    /// <summary>What plans do not include.</summary>
    public PlanRefusals PlanRefusals { get; } = new();

    /// <summary>Names of items as answers have them.</summary>
    public ItemNames ItemNames { get; } = new();

    public Dispatcher Dispatcher { get; set; } = null!;

    /// <summary>Where calls that are under way tell of themselves.</summary>
    public CallReports Calls => Dispatcher.Calls;

    /// <summary>When those who wait for flights give up.</summary>
    public required DeadlineBook Deadlines { get; init; }

    private readonly Lock _originGate = new();
    private Uri? _baseUrl;

    /// <summary>Where its entries come from.</summary>
    public Uri BaseUrl => Volatile.Read(ref _baseUrl)!;

    /// <summary>Takes the address of a running model; true when it replaces another, and <paramref name="reset"/> has then run before anything new is kept.</summary>
    public bool MoveTo(Uri baseUrl, Action? reset)
    {
        lock (_originGate)
        {
            var moves = _baseUrl is { } before && before != baseUrl;
            Volatile.Write(ref _baseUrl, baseUrl);
            if (moves)
            {
                PlanRefusals.Clear();
                reset?.Invoke();
            }

            return moves;
        }
    }

    /// <summary>Keeps what a call brought, unless the provider has meanwhile moved to another address than the one that was called.</summary>
    public void Keep(ProviderModel called, Action keep)
    {
        lock (_originGate)
        {
            if (called.BaseUrl == _baseUrl)
            {
                keep();
            }
        }
    }
}
