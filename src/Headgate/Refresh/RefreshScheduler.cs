using Headgate.Catalogue;

namespace Headgate.Refresh;

/// <summary>Keeps watched items fresh from spare budget: earliest deadline first within a priority, adjusted to what is used. Thread-safe.</summary>
/// <remarks>See <c>docs/refresh.md</c>. It has one timer and no thread; while nothing is watched it does nothing.</remarks>
public sealed class RefreshScheduler
{
    /// <summary>Watches at once, at most.</summary>
    public const int WatchesMax = 1_000;

    /// <summary>The client name of its asks: modes may be set for it.</summary>
    public const string Client = "refresh";

    private const decimal VolatileAbovePercent = 10;

    private readonly Lock _gate = new();
    private readonly Engine _engine;
    private readonly EngineClock _clock;
    private readonly IWatchStore? _store;
    private readonly Action<Exception> _report;
    private readonly WatchBook _book;
    private readonly ITimer _timer;
    private bool _stopped;

    /// <summary>Told of every ask; null for nobody.</summary>
    internal IRefreshWitness? Witness { get; set; }

    internal RefreshScheduler(Engine engine, EngineClock clock, WatchedItems watched, IWatchStore? store, Action<Exception> report)
    {
        _engine = engine;
        _clock = clock;
        _store = store;
        _report = report;
        _book = new WatchBook(engine, clock, watched);
        _timer = clock.Time.CreateTimer(static state => ((RefreshScheduler)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps a watch and makes it durable, in the place of one of the same name; what is missing is fetched from spare budget at once.</summary>
    /// <exception cref="WatchException">It is not well formed, cannot be asked without a client, or there are <see cref="WatchesMax"/> already.</exception>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async ValueTask AddAsync(Watch watch, CancellationToken cancellation = default)
    {
        watch.Check();
        watch = watch with { Provider = WatchPlanning.Plan(_engine, watch).Plan.Provider.Name };
        lock (_gate)
        {
            if (_book.Find(watch.Name) is null && _book.Count >= WatchesMax)
            {
                throw new WatchException($"There are {WatchesMax} watches already; remove one first.");
            }
        }

        if (_store is not null)
        {
            await _store.PutAsync(watch, cancellation);
        }

        lock (_gate)
        {
            _book.Put(watch);
        }

        Look();
    }

    /// <summary>Ends a watch; false when there is none of that name. What it holds stays.</summary>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellation = default)
    {
        if (_store is not null)
        {
            await _store.RemoveAsync(name, cancellation);
        }

        lock (_gate)
        {
            return _book.Remove(name);
        }
    }

    /// <summary>Gives a watch another interval, null for its priority's; false when there is none of that name.</summary>
    /// <exception cref="WatchException">The interval is not 1 s to 31 d.</exception>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async ValueTask<bool> SetIntervalAsync(string name, TimeSpan? interval, CancellationToken cancellation = default)
    {
        Watch.CheckInterval(name, interval);
        Watch? watch;
        lock (_gate)
        {
            watch = _book.Find(name) is { } found ? found with { Interval = interval } : null;
        }

        if (watch is null)
        {
            return false;
        }

        await AddAsync(watch, cancellation);
        return true;
    }

    /// <summary>Pins the strategy whatever the use, or with null lets it adjust itself again.</summary>
    /// <param name="strategy">The strategy, or null.</param>
    /// <param name="provider">One provider; null for all. A provider's own pin goes before the pin of all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WatchException">There is no such provider.</exception>
    /// <exception cref="IOException">It could not be made durable; nothing has changed.</exception>
    public async ValueTask PinAsync(RefreshStrategy? strategy, string? provider = null, CancellationToken cancellation = default)
    {
        if (provider is not null)
        {
            provider = _engine.Catalogue.Find(provider)?.Name ?? throw new WatchException($"There is no provider {provider}.");
        }

        if (_store is not null)
        {
            await _store.PutPinAsync(provider ?? "", strategy, cancellation);
        }

        lock (_gate)
        {
            _book.Pin(provider ?? "", strategy);
        }

        Look();
    }

    /// <summary>Tells that an item moves: its provider is refreshed AGGRESSIVELY while less than 60 % of its budget is used, for 15 minutes after the last report.</summary>
    /// <param name="provider">Provider name; one that is not watched is ignored.</param>
    /// <param name="item">What moves, for the reader of events.</param>
    /// <param name="changePercent">Its change over 24 hours; 10 % or less either way is no volatility. Null: the reporter knows.</param>
    public void ReportVolatility(string provider, string item, decimal? changePercent = null)
    {
        if (changePercent is { } change && Math.Abs(change) <= VolatileAbovePercent)
        {
            return;
        }

        lock (_gate)
        {
            _book.Volatile(provider, item);
        }

        Look();
    }

    /// <summary>What refreshing costs at present intervals, and which of them the budget could not carry.</summary>
    public RefreshPlan Plan()
    {
        lock (_gate)
        {
            return _book.Plan(_clock.Now);
        }
    }

    /// <summary>How often a client may ask for these itself, at urgencies that are not the gate's own, beside all that is watched. Keeps nothing and spends nothing.</summary>
    /// <param name="reads">What the client asks, each with the interval it wants.</param>
    /// <remarks>The arithmetic is that of <see cref="Plan"/>, except that what clients spend now is not taken off: it is what is being planned.</remarks>
    public ReadPlan PlanReads(IReadOnlyList<Watch> reads)
    {
        lock (_gate)
        {
            return _book.PlanReads(reads, _clock.Now);
        }
    }

    /// <summary>How refreshing goes.</summary>
    public RefreshStatus Status()
    {
        lock (_gate)
        {
            return _book.Status();
        }
    }

    internal async ValueTask StartAsync(CancellationToken cancellation)
    {
        if (_store is null)
        {
            return;
        }

        var stored = await _store.LoadAsync(cancellation);
        lock (_gate)
        {
            foreach (var (provider, strategy) in stored.Pins)
            {
                _book.Pin(provider, strategy);
            }

            foreach (var watch in stored.Watches)
            {
                _book.Put(watch);
            }
        }

        Look();
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _timer.Dispose();
    }

    /// <summary>Starts every ask that is due and has spare budget, and sets the timer for the next look.</summary>
    private void Look()
    {
        List<WatchAsk> asks = [];
        lock (_gate)
        {
            if (_stopped || _book.Count == 0)
            {
                return;
            }

            var now = _clock.Now;
            var wake = _book.Look(now, asks);
            var due = Math.Max(1, Math.Ceiling((wake - now).TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(Math.Min(due, int.MaxValue - 1.0)), Timeout.InfiniteTimeSpan);
        }

        foreach (var ask in asks)
        {
            _ = RunAsync(ask);
        }
    }

    private async Task RunAsync(WatchAsk ask)
    {
        string? problem = null;
        EngineTime? retryAt = null;
        try
        {
            Witness?.Asking(ask.Demand.Plan, ask.State.Interval);
            (problem, retryAt) = await ask.RunAsync(_engine, Witness);
        }
        catch (Exception exception)
        {
            // A boundary: a watch is tried again whatever went wrong, and the operator hears of it.
            _report(exception);
            problem = "The ask failed inside the gate; see its log.";
        }

        lock (_gate)
        {
            _book.Ended(ask, problem, retryAt, _clock.Now);
        }

        Look();
    }
}
