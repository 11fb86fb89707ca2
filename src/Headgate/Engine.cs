using System.Collections.Concurrent;
using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Explain;
using Headgate.Flights;
using Headgate.History;
using Headgate.Recording;
using Headgate.Refresh;
using Headgate.Reports;
using Headgate.SignIn;

namespace Headgate;

/// <summary>The gate's one door to upstreams (design §3). Thread-safe.</summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly EnginePorts _ports;
    private readonly ConcurrentDictionary<string, ProviderContext> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<ProviderModel, ProviderContext> _open;
    private readonly StatsBook _stats = new();
    private readonly EntitlementBook _entitlements;
    private readonly ExplainLog _explain;
    private readonly Fetcher _fetcher;
    private readonly Forwarder _forwarder;
    private readonly ProviderFactory _factory;
    private readonly AlertBook _alerts;
    private CatalogueModel _catalogue;
    private long _requestId;

    private Engine(EngineOptions options, EnginePorts ports, CatalogueModel catalogue, LedgerState ledger, EngineClock clock, EntryBook entries, HistoryBook? history, EntitlementBook entitlements, Chance chance)
    {
        var watched = new WatchedItems(entries);
        Refresh = new RefreshScheduler(this, clock, watched, ports.Watches, ports.Report ?? (static _ => { }));
        Options = options;
        Clock = clock;
        Entries = entries;
        History = history;
        _entitlements = entitlements;
        Modes.Changed = OnMode;
        _ports = ports;
        _catalogue = catalogue;
        _explain = new ExplainLog(options.ExplanationsMax);
        _fetcher = new Fetcher(clock, _explain);
        _forwarder = new Forwarder(clock, _explain);
        _alerts = new AlertBook(clock, Events, ports.Alert);
        _factory = new ProviderFactory(options, ports, ledger, clock, entries, history, entitlements, _stats, Modes, Events, chance, () => new SeatFiller(watched, new RhythmBook(entries)), _alerts, _forwarder, NextRequestId);
        _open = _factory.Open;
        foreach (var provider in catalogue.Providers.Values)
        {
            ContextOf(provider);
        }
    }

    public EngineOptions Options { get; }

    /// <summary>The running catalogue; replaced whole by <see cref="Reload"/>.</summary>
    public CatalogueModel Catalogue => Volatile.Read(ref _catalogue);

    public EngineClock Clock { get; }

    /// <summary>Modes switched at run time.</summary>
    public ModeBook Modes { get; } = new();

    /// <summary>Calls, closures, breakers, refusals and modes as they happen.</summary>
    public EngineEvents Events { get; } = new();

    /// <summary>Items kept fresh without a client asking.</summary>
    public RefreshScheduler Refresh { get; }

    /// <summary>Why the entry store could not be written last, or null while it works.</summary>
    public string? EntryStoreError => _ports.Entries.LastError;

    /// <summary>Can charges be made durable? While they cannot, no call is sent.</summary>
    public bool IsLedgerWritable => _ports.Ledger.IsWritable;

    /// <summary>What only a person can mend, by key.</summary>
    public IReadOnlyList<OperatorAlert> Alerts => _alerts.Active;

    /// <summary>Entries in memory and their bytes.</summary>
    public (int Count, long Bytes) MemoryUse => (Entries.Count, Entries.Bytes);

    internal EntryBook Entries { get; }

    internal HistoryBook? History { get; }

    /// <summary>Loads the ledger, warms the memory from the entry store and starts.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static async ValueTask<Engine> StartAsync(EngineOptions options, EnginePorts ports, CatalogueModel catalogue, CancellationToken cancellation)
    {
        var ledger = await ports.Ledger.LoadAsync(cancellation);
        var clock = new EngineClock(ports.Time, ports.BootId, ledger.Clock);
        foreach (var provider in await OriginBook.ApplyAsync(ports.Entries, catalogue, ports.Hasher, ports.Report, cancellation))
        {
            ports.Note?.Invoke(Moved(provider));
        }

        var chance = new Chance(ports.Random);
        var warm = await ports.Entries.LoadRecentAsync(options.MemoryBytesMax, cancellation);
        var entries = new EntryBook(new EntryCache(options.MemoryBytesMax, chance.Seed()), ports.Entries, warm.Reverse());
        var entitlements = new EntitlementBook(ports.Entries, await ports.Entries.LoadEntitlementsAsync(cancellation));
        var history = ports.History is { } store
            ? new HistoryBook(store, ports.Markets, clock, entries.NextVersion, options.HistoryBytesMax, chance.Seed())
            : null;
        var engine = new Engine(options, ports, catalogue, ledger, clock, entries, history, entitlements, chance);
        foreach (var provider in engine._providers.Values)
        {
            await (provider.SignIn?.StartAsync() ?? ValueTask.CompletedTask);
        }

        await engine.Refresh.StartAsync(cancellation);
        return engine;
    }

    /// <summary>Understands a request: endpoint, identities, items.</summary>
    public RequestPlan Plan(ProviderModel provider, ClientRequest request) => RequestPlanner.Plan(provider, request, _ports.Hasher, _ports.Secrets);

    /// <summary>Does a target name a credential of its own? The gate's own sign-in is none.</summary>
    internal bool ShowsCredential(ProviderModel provider, ClientRequest request) =>
        RequestPlanner.Plan(provider, request, _ports.Hasher, secrets: null) is { SignsIn: false, Identity.Credential.IsNone: false };

    /// <summary>Answers from memory alone, inline, when every item is fresh for the demand; else false and nothing has changed.</summary>
    public bool TryFetch(Demand demand, out FetchResult result)
    {
        var found = _fetcher.TryFetch(TiesOf(demand.Plan), demand, out result);
        if (found)
        {
            Record(demand);
        }

        return found;
    }

    /// <summary>Answers a safe read: fresh, stale with a reason, refused, or the upstream's own error.</summary>
    /// <exception cref="OperationCanceledException">The asker left; nothing is cancelled for others.</exception>
    public ValueTask<FetchResult> FetchAsync(Demand demand, CancellationToken cancellation)
    {
        Record(demand);
        var mode = Modes.Of(demand.Plan, demand.Client);
        return demand.Plan.Endpoint.Cacheable && mode != GateMode.Bypass
            ? _fetcher.FetchAsync(TiesOf(demand.Plan), demand, mode == GateMode.Shadow, cancellation)
            : _forwarder.ForwardAsync(ContextOf(demand.Plan.Provider), demand, cancellation);
    }

    /// <summary>Asks as the refresh scheduler: no client's demand, so neither recorded nor counted as one.</summary>
    internal ValueTask<FetchResult> FetchOwnAsync(Demand demand) => _fetcher.FetchAsync(TiesOf(demand.Plan), demand, shadow: false, CancellationToken.None);

    /// <summary>Passes a request through exactly once under the limits: writes, and reads that are never cached.</summary>
    /// <exception cref="OperationCanceledException">The asker left. What was already sent goes on.</exception>
    /// <remarks>A POST that its definition calls a read is answered as one: kept, joined, and not sent twice for the same content.</remarks>
    public ValueTask<FetchResult> ForwardAsync(Demand demand, CancellationToken cancellation)
    {
        var provider = ContextOf(demand.Plan.Provider);
        if (demand.Plan.Endpoint.Content is not { } content)
        {
            return _forwarder.ForwardAsync(provider, demand, cancellation);
        }

        if (!demand.Plan.IsContentRead)
        {
            return new(new FetchResult { Kind = FetchKind.Refused, Reason = "method", Refusal = Unfit(content, demand.Request) });
        }

        var mode = Modes.Of(demand.Plan, demand.Client);
        return mode == GateMode.Bypass ? _forwarder.ForwardAsync(provider, demand, cancellation) : _fetcher.FetchAsync(TiesOf(demand.Plan), demand, mode == GateMode.Shadow, cancellation);
    }

    /// <summary>Takes the permits of a request that passes through before its body is here, for a client that waits for <c>100 (Continue)</c>.</summary>
    /// <returns>The permits, or the refusal; dispose it in any case.</returns>
    /// <exception cref="OperationCanceledException">The asker left; nothing is held.</exception>
    public ValueTask<Reservation> ReserveAsync(Demand demand, CancellationToken cancellation) =>
        _forwarder.ReserveAsync(ContextOf(demand.Plan.Provider), demand, cancellation);

    /// <summary>Swaps the catalogue; budgets keyed by the same limit ids live on.</summary>
    public void Reload(CatalogueModel catalogue)
    {
        Volatile.Write(ref _catalogue, catalogue);
        foreach (var provider in catalogue.Providers.Values)
        {
            _factory.SignOn(ContextOf(provider), provider);
            if (ContextOf(provider).MoveTo(provider.BaseUrl, () => Reset(provider)))
            {
                _ports.Note?.Invoke(Moved(provider.Name));
            }
        }
    }

    /// <summary>Entries held, in memory or in the store, newest send first.</summary>
    public ValueTask<IReadOnlyList<EntryInfo>> ListEntriesAsync(EntryFilter filter, CancellationToken cancellation) => Entries.ListAsync(filter, cancellation);

    /// <summary>One entry with its bytes, or null. Counts as no demand.</summary>
    public async ValueTask<Entry?> FindEntryAsync(ItemKey key, CancellationToken cancellation)
    {
        await Entries.RecallAsync([key], cancellation);
        return Entries.Find(key);
    }

    /// <summary>Removes entries from memory and store, the filter's bound aside; completes when that is durable.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public ValueTask<long> RemoveEntriesAsync(EntryFilter filter, CancellationToken cancellation) => Entries.RemoveAsync(filter, cancellation);

    /// <summary>Candle series held; none where no history is kept.</summary>
    /// <exception cref="IOException">The history store cannot be written, so that what it tells would not be all.</exception>
    public ValueTask<IReadOnlyList<HistoryInfo>> ListSeriesAsync(HistoryFilter filter, CancellationToken cancellation) =>
        History is { } history ? history.ListAsync(filter, cancellation) : ValueTask.FromResult<IReadOnlyList<HistoryInfo>>([]);

    /// <summary>The rows of one series as the upstream wrote them, oldest first; null where it is not held. Counts as no demand.</summary>
    public async ValueTask<IReadOnlyList<CandleRow>?> FindSeriesAsync(ItemKey series, CancellationToken cancellation) =>
        History is { } history && await history.ReadAsync(series, cancellation) is { } found ? found.Rows.Rows : null;

    /// <summary>Removes candle series from memory and store, the filter's bound aside; completes when that is durable.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public ValueTask<long> RemoveSeriesAsync(HistoryFilter filter, CancellationToken cancellation) =>
        History is { } history ? history.RemoveAsync(filter, cancellation) : ValueTask.FromResult(0L);

    /// <summary>Every limit that has been touched, with its live state.</summary>
    public IReadOnlyList<BudgetStatus> Budgets() =>
        [.. _providers.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => LimitReports.All(pair.Key, pair.Value))];

    /// <summary>Every endpoint that was asked since the start, and how it does.</summary>
    public IReadOnlyList<EndpointCondition> Conditions() =>
        [.. _providers.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => ConditionReports.All(pair.Key, pair.Value))];

    /// <summary>Would a call be let through now, and if not, when? Spends nothing. Null for an unknown limit.</summary>
    /// <param name="limit">Limit id, as <c>kite.quote</c>. Where several callers have one each, the fullest answers.</param>
    public BudgetStatus? Ask(string limit)
    {
        foreach (var provider in Catalogue.Providers.Values)
        {
            if (provider.Limits.Values.FirstOrDefault(model => string.Equals(model.Id, limit, StringComparison.OrdinalIgnoreCase)) is { } model)
            {
                return LimitReports.All(provider.Name, ContextOf(provider))
                    .Where(status => string.Equals(status.Limit, model.Id, StringComparison.Ordinal))
                    .MaxBy(status => status.AvailableAt ?? default)
                    ?? LimitReports.Untouched(provider.Name, model);
            }
        }

        return null;
    }

    /// <summary>Counts since start.</summary>
    public IReadOnlyList<EndpointStats> Stats() => _stats.ToStats();

    /// <summary>The decisions for one request, or null when they are no longer kept.</summary>
    public Explanation? Explain(long requestId) => _explain.Find(requestId);

    /// <summary>A new request id.</summary>
    public long NextRequestId() => Interlocked.Increment(ref _requestId);

    /// <summary>Stops sending, ends waiting demands as refused, and flushes the entry store.</summary>
    public async ValueTask DisposeAsync()
    {
        Refresh.Stop();
        foreach (var provider in _providers.Values)
        {
            provider.SignIn?.Dispose();
            provider.Dispatcher.Stop();
            provider.Dispatcher.Dispose();
            provider.Deadlines.Dispose();
        }

        await _ports.Entries.FlushAsync(CancellationToken.None);
        if (_ports.History is { } history)
        {
            await history.FlushAsync(CancellationToken.None);
        }
    }

    private static Refusal Unfit(ContentModel content, ClientRequest request) => request.Body.Length > content.BytesMax
        ? new Refusal(RefusalKind.Unfit, 413, $"The body has {request.Body.Length} bytes; up to {content.BytesMax} are taken.", null, null)
        : request.Body.Length == 0
            ? new Refusal(RefusalKind.Unfit, 400, "There is no body.", null, null)
            : new Refusal(RefusalKind.Unfit, 415, $"Bodies of {string.Join(", ", content.Types)} are taken.", null, null);

    private static string Moved(string provider) =>
        $"The address of {provider} is not the one its stored entries came from: they and the entitlements learnt there were dropped.";

    private void Reset(ProviderModel provider)
    {
        _entitlements.Reset(provider.Name);
        Entries.Reset(OriginBook.Of(provider, _ports.Hasher));
        if (Events.IsWatched)
        {
            Events.Publish(new EngineEvent(Clock.Now, "reset", provider.Name, Moved(provider.Name)));
        }
    }

    private void OnMode(ModeScope scope, GateMode? mode)
    {
        if (Events.IsWatched)
        {
            Events.Publish(new EngineEvent(Clock.Now, "mode", scope.ToString(), mode is { } set ? $"set to {set.ToString().ToLowerInvariant()}" : "taken back"));
        }
    }

    /// <summary>Calls a provider has answered with a limit error; cheap, unlike all counts together.</summary>
    internal long LimitedByUpstream(string provider) => _stats.LimitedByUpstream(provider);

    private void Record(Demand demand) => _ports.Recorder?.Invoke(DemandRecord.Of(demand, _ports.Time.GetUtcNow()));

    /// <summary>A plan may be asked of several engines over one catalogue; the ties are those of the last.</summary>
    private PlanTies TiesOf(RequestPlan plan) =>
        plan.Ties is { } known && ReferenceEquals(known.Provider.Entries, Entries) ? known : plan.Ties = new PlanTies(ContextOf(plan.Provider), plan);

    internal ProviderContext ContextOf(ProviderModel provider) => _providers.TryGetValue(provider.Name, out var context) ? context : Open(provider);

    private ProviderContext Open(ProviderModel provider) => _providers.GetOrAdd(provider.Name, static (_, state) => state.Open(state.Provider), (Open: _open, Provider: provider));
}
