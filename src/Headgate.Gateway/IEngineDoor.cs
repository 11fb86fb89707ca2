using Headgate.Catalogue;
using Headgate.Explain;
using Headgate.History;
using Headgate.Reports;

namespace Headgate.Gateway;

/// <summary>What the edge uses of the engine; the seam at which its tests script answers.</summary>
internal interface IEngineDoor
{
    CatalogueModel Catalogue { get; }

    EngineClock Clock { get; }

    string? StoreError { get; }

    bool IsLedgerWritable { get; }

    (int Count, long Bytes) MemoryUse { get; }

    RequestPlan Plan(ProviderModel provider, ClientRequest request);

    bool TryFetch(Demand demand, out FetchResult result);

    ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation);

    ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation);

    ValueTask<Reservation> ReserveAsync(Demand demand, CancellationToken cancellation);

    BudgetStatus? Ask(string limit);

    IReadOnlyList<BudgetStatus> Budgets();

    IReadOnlyList<EndpointStats> Stats();

    Explanation? Explain(long requestId);

    ValueTask<HistoryVerification> VerifyAsync(HistoryQuestion question, CancellationToken cancellation);

    long NextRequestId();
}
