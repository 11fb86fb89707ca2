using Headgate.Catalogue;
using Headgate.Explain;
using Headgate.Reports;

namespace Headgate;

/// <summary>The gate's one door to upstreams (design §3). Thread-safe.</summary>
public sealed class Engine : IAsyncDisposable
{
    private Engine(EngineOptions options, EnginePorts ports, CatalogueModel catalogue, EngineClock clock)
    {
        Options = options;
        Ports = ports;
        Catalogue = catalogue;
        Clock = clock;
    }

    public EngineOptions Options { get; }

    public EnginePorts Ports { get; }

    /// <summary>The running catalogue; replaced whole by <see cref="Reload"/>.</summary>
    public CatalogueModel Catalogue { get; private set; }

    public EngineClock Clock { get; }

    /// <summary>Loads the ledger, warms the memory from the entry store and starts.</summary>
    /// <exception cref="Budgets.LedgerException">The ledger cannot be read.</exception>
    public static async ValueTask<Engine> StartAsync(EngineOptions options, EnginePorts ports, CatalogueModel catalogue, CancellationToken cancellation)
    {
        var state = await ports.Ledger.LoadAsync(cancellation);
        return new Engine(options, ports, catalogue, new EngineClock(ports.Time, ports.BootId, state.Clock));
    }

    /// <summary>Understands a request: endpoint, identities, items.</summary>
    public RequestPlan Plan(ProviderModel provider, ClientRequest request) => throw new NotSupportedException();

    /// <summary>Answers from memory alone, inline, when every item is fresh for the demand; else false and nothing has changed.</summary>
    public bool TryFetch(Demand demand, out FetchResult result) => throw new NotSupportedException();

    /// <summary>Answers a safe read: fresh, stale with a reason, refused, or the upstream's own error.</summary>
    public ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Passes a request through exactly once under the limits: writes, and reads that are never cached.</summary>
    public ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Swaps the catalogue; budgets keyed by the same limit ids live on.</summary>
    public void Reload(CatalogueModel catalogue) => Catalogue = catalogue;

    /// <summary>Every limit that has been touched, with its live state.</summary>
    public IReadOnlyList<BudgetStatus> Budgets() => throw new NotSupportedException();

    /// <summary>Would a call be let through now, and if not, when? Spends nothing. Null for an unknown limit.</summary>
    public BudgetStatus? Ask(string limit) => throw new NotSupportedException();

    /// <summary>Counts since start.</summary>
    public IReadOnlyList<EndpointStats> Stats() => throw new NotSupportedException();

    /// <summary>The decisions for one request, or null when they are no longer kept.</summary>
    public Explanation? Explain(long requestId) => throw new NotSupportedException();

    /// <summary>A new request id.</summary>
    public long NextRequestId() => throw new NotSupportedException();

    /// <summary>Stops sending, ends waiting demands as refused, and flushes stores.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
