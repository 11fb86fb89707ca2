using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Explain;
using Headgate.History;
using Headgate.Reports;

namespace Headgate.Gateway;

/// <summary>The engine behind the edge.</summary>
internal sealed class EngineDoor(Engine engine, IEntryStore? entries) : IEngineDoor
{
    public CatalogueModel Catalogue => engine.Catalogue;

    public EngineClock Clock => engine.Clock;

    public string? StoreError => entries?.LastError;

    public bool IsLedgerWritable => engine.IsLedgerWritable;

    public (int Count, long Bytes) MemoryUse => engine.MemoryUse;

    public RequestPlan Plan(ProviderModel provider, ClientRequest request) => engine.Plan(provider, request);

    public bool TryFetch(Demand demand, out FetchResult result) => engine.TryFetch(demand, out result);

    public ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation) => engine.FetchAsync(demand, cancellation);

    public ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation) => engine.ForwardAsync(demand, cancellation);

    public ValueTask<Reservation> ReserveAsync(Demand demand, CancellationToken cancellation) => engine.ReserveAsync(demand, cancellation);

    public BudgetStatus? Ask(string limit) => engine.Ask(limit);

    public IReadOnlyList<BudgetStatus> Budgets() => engine.Budgets();

    public IReadOnlyList<EndpointStats> Stats() => engine.Stats();

    public Explanation? Explain(long requestId) => engine.Explain(requestId);

    public ValueTask<HistoryVerification> VerifyAsync(HistoryQuestion question, CancellationToken cancellation) => new HistoryVerifier(engine).VerifyAsync(question, cancellation);

    public long NextRequestId() => engine.NextRequestId();
}
