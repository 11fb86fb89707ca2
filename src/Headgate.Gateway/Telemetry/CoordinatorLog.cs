using Headgate.Catalogue;
using Headgate.Explain;
using Headgate.History;
using Headgate.Reports;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry;

/// <summary>
/// The phrases that operators of the market monitors look for in logs, for quotes of Kite, with true counts: added up, the calls told here are the calls
/// Kite saw. Category <c>Headgate.Coordinator</c>; hits at Debug, everything else at Information.
/// </summary>
internal sealed partial class CoordinatorLog : IEngineDoor
{
    public const string Category = "Headgate.Coordinator";

    private readonly IEngineDoor _engine;
    private readonly ILogger _logger;

    public CoordinatorLog(IEngineDoor engine, ILoggerFactory loggers)
    {
        _engine = engine;
        _logger = loggers.CreateLogger(Category);
        if (engine.Catalogue.Find("kite") is { } kite)
        {
            Created(_logger);
            Enabled(_logger, kite.Mode);
        }
    }

    public CatalogueModel Catalogue => _engine.Catalogue;

    public EngineClock Clock => _engine.Clock;

    public string? StoreError => _engine.StoreError;

    public bool IsLedgerWritable => _engine.IsLedgerWritable;

    public (int Count, long Bytes) MemoryUse => _engine.MemoryUse;

    public RequestPlan Plan(ProviderModel provider, ClientRequest request) => _engine.Plan(provider, request);

    public bool TryFetch(Demand demand, out FetchResult result)
    {
        if (!_engine.TryFetch(demand, out result))
        {
            return false;
        }

        if (_logger.IsEnabled(LogLevel.Debug) && IsQuote(demand))
        {
            Hit(_logger, demand.Client, result.Count, result.Age.TotalSeconds);
        }

        return true;
    }

    public async ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation)
    {
        if (!IsQuote(demand) || !_logger.IsEnabled(LogLevel.Information))
        {
            return await _engine.FetchAsync(demand, cancellation);
        }

        var asked = Clock.Now;
        var result = await _engine.FetchAsync(demand, cancellation);
        Tell(demand, result, Clock.Now - asked);
        return result;
    }

    public ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation) => _engine.ForwardAsync(demand, cancellation);

    public ValueTask<Reservation> ReserveAsync(Demand demand, CancellationToken cancellation) => _engine.ReserveAsync(demand, cancellation);

    public ValueTask<HistoryVerification> VerifyAsync(HistoryQuestion question, CancellationToken cancellation) => _engine.VerifyAsync(question, cancellation);

    public BudgetStatus? Ask(string limit) => _engine.Ask(limit);

    public IReadOnlyList<BudgetStatus> Budgets() => _engine.Budgets();

    public IReadOnlyList<EndpointStats> Stats() => _engine.Stats();

    public Explanation? Explain(long requestId) => _engine.Explain(requestId);

    public long NextRequestId() => _engine.NextRequestId();

    private static bool IsQuote(Demand demand) => demand.Plan.Endpoint.Id.StartsWith("kite.quote", StringComparison.Ordinal);

    private void Tell(Demand demand, in FetchResult result, TimeSpan took)
    {
        switch (result.Kind)
        {
            case FetchKind.Refused:
                Error(_logger, demand.Client, result.Refusal!.Status, result.Refusal.Detail);
                break;
            case FetchKind.Passed:
                Error(_logger, demand.Client, result.Reply!.Status, "the upstream's own answer was passed on.");
                break;
            case FetchKind.Hit:
                Hit(_logger, demand.Client, result.Count, result.Age.TotalSeconds);
                break;
            default:
                Miss(_logger, demand.Client, result.Fetched, demand.Plan.Items.Count);
                if (result.Fetched > 0)
                {
                    Fetched(_logger, result.Fetched, took.TotalSeconds, result.Calls);
                }

                var (priced, stocks) = Stocks(result);
                Successfully(_logger, priced, stocks);
                break;
        }
    }

    private static (int Priced, int All) Stocks(in FetchResult result)
    {
        var (priced, all) = (0, 0);
        for (var i = 0; i < result.Count; i++)
        {
            var entry = result.Items is { } items ? items[i] : result.Single!;
            if (entry.Key.Id.StartsWith("NSE:", StringComparison.Ordinal) || entry.Key.Id.StartsWith("BSE:", StringComparison.Ordinal))
            {
                all++;
                priced += entry.IsNegative ? 0 : 1;
            }
        }

        return (priced, all);
    }

    [LoggerMessage(200, LogLevel.Information, "API Coordinator singleton created")]
    private static partial void Created(ILogger logger);

    [LoggerMessage(201, LogLevel.Information, "API Coordinator enabled (kite is {Mode}; `headgate mode` switches it)")]
    private static partial void Enabled(ILogger logger, GateMode mode);

    [LoggerMessage(202, LogLevel.Debug, "Cache HIT: {Quotes} quotes for {Client}, the oldest {Age:0.0}s old")]
    private static partial void Hit(ILogger logger, string client, int quotes, double age);

    [LoggerMessage(203, LogLevel.Information, "Cache MISS: {Missing} of {Asked} quotes for {Client}")]
    private static partial void Miss(ILogger logger, string client, int missing, int asked);

    [LoggerMessage(204, LogLevel.Information, "Fetched {Quotes} quotes in {Seconds:0.00}s ({Calls} API calls)")]
    private static partial void Fetched(ILogger logger, int quotes, double seconds, int calls);

    [LoggerMessage(205, LogLevel.Information, "Successfully fetched prices for {Priced}/{Stocks} stocks via API Coordinator")]
    private static partial void Successfully(ILogger logger, int priced, int stocks);

    [LoggerMessage(206, LogLevel.Warning, "API Coordinator error: {Client} got {Status}: {Detail}")]
    private static partial void Error(ILogger logger, string client, int status, string detail);
}
