using Headgate.Desk.Alerts;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;
using Headgate.Desk.Crypto.Scheduling;
using Headgate.Desk.Crypto.Signals;
using Headgate.Desk.Crypto.Status;
using Headgate.Desk.Doors;
using Headgate.Desk.Waiting;
using Headgate.Refresh;

namespace Headgate.Desk.Crypto;

/// <summary>Watches coins: has the gate keep the registry's groups fresh, looks for signals in what is held, and tells the gate when they move.</summary>
/// <remarks>One scheduler, one cache: the gate's. Safe for concurrent use; one run at a time.</remarks>
public sealed class CryptoDesk
{
    private readonly Engine _engine;
    private readonly IDeskDoor _door;
    private readonly MonitoredSymbols _symbols;
    private readonly CryptoWatches _watches;
    private readonly StrategyPin _pin;
    private readonly Action<CryptoSignal>? _signalled;
    private readonly SignalBook _signals;
    private readonly SignalNews _news = new();
    private readonly Turn _turn = new();
    private volatile Plan _plan;
    private long _nextCycleTicks; // 0 while it does not run
    private bool _isStopped; // its turn's

    /// <param name="engine">Whose scheduler keeps things fresh.</param>
    /// <param name="door">What it reads through.</param>
    /// <param name="records">Keeps whom it watches.</param>
    /// <param name="options">Settings, checked.</param>
    /// <param name="signalled">Told of each signal once.</param>
    /// <param name="alerts">Delivers signals as alerts; null for nobody.</param>
    public CryptoDesk(Engine engine, IDeskDoor door, IRecordStore records, CryptoOptions options, Action<CryptoSignal>? signalled = null, IAlertDesk? alerts = null)
    {
        _signals = new SignalBook(alerts, door.Time);
        _engine = engine;
        _door = door;
        _symbols = new MonitoredSymbols(records, door.Time);
        _watches = new CryptoWatches(engine.Refresh);
        _pin = new StrategyPin(engine.Refresh, records, door.Time);
        _signalled = signalled;
        _plan = NewPlan(options);
    }

    /// <summary>Whom it watches.</summary>
    public IReadOnlyList<CryptoSymbol> Symbols => _symbols.All;

    /// <summary>Get-or-fetch by the registry in force.</summary>
    public CryptoReader Reader => _plan.Reader;

    /// <summary>Restores whom it watches and hands the schedule to the gate, which begins to fetch what is missing.</summary>
    /// <exception cref="WatchException">Something cannot be asked, as without the gate's own key.</exception>
    /// <exception cref="IOException">Something could not be made durable.</exception>
    public async ValueTask StartAsync(CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        await _symbols.LoadAsync(_plan.Options.SymbolList(), cancellation);
        await _pin.ApplyAsync(_plan.Options.Pin(), cancellation);
        await ApplyAsync(_plan, _symbols.All);
    }

    /// <summary>Takes other settings while it runs; they must be checked. Whom it watches stays as it is.</summary>
    /// <exception cref="WatchException">Something cannot be asked, or the gate has as many watches as it may; settings, watches and pin stay as they were.</exception>
    /// <exception cref="IOException">Something could not be made durable; likewise, or the message tells where watches did not. A pin that reached one provider alone stays there until the next time.</exception>
    public async ValueTask ReloadAsync(CryptoOptions options, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        cancellation.ThrowIfCancellationRequested();
        var plan = NewPlan(options);
        await OrRestoreAsync(async () =>
        {
            // The pin last: what people pinned by hand before it could not be told again.
            await ApplyAsync(plan, _symbols.All);
            await _pin.ApplyAsync(options.Pin(), CancellationToken.None);
        });
        _plan = plan;
    }

    /// <summary>Watches a symbol besides; false when it is watched already, then what is missing of its watches is added.</summary>
    /// <param name="symbol">Whom.</param>
    /// <param name="cancellation">Leaves while others have their turn; what was begun is completed.</param>
    /// <exception cref="FormatException">There are <see cref="CryptoOptions.SymbolsMax"/> already.</exception>
    /// <exception cref="WatchException">Something cannot be asked, or the gate has as many watches as it may; the list stays as it was.</exception>
    /// <exception cref="IOException">It could not be made durable; the list stays as it was, and the message tells where watches did not.</exception>
    public async ValueTask<bool> AddAsync(CryptoSymbol symbol, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        cancellation.ThrowIfCancellationRequested();
        if (_symbols.All.Contains(symbol))
        {
            await ApplyAsync(_plan, _symbols.All);
            return false;
        }

        if (_symbols.All.Count >= CryptoOptions.SymbolsMax)
        {
            throw new FormatException($"{CryptoOptions.SymbolsMax} symbols are watched already; remove one first.");
        }

        await ReplaceAsync([.. _symbols.All, symbol]);
        return true;
    }

    /// <summary>Watches a symbol no longer; what is held of it stays until it is too old. False when it was not watched, then what is left of its watches is ended.</summary>
    /// <param name="symbol">Whom.</param>
    /// <param name="cancellation">Leaves while others have their turn; what was begun is completed.</param>
    /// <exception cref="WatchException">What takes its place cannot be asked; the list stays as it was.</exception>
    /// <exception cref="IOException">It could not be made durable; the list stays as it was, and the message tells where watches did not.</exception>
    public async ValueTask<bool> RemoveAsync(CryptoSymbol symbol, CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        cancellation.ThrowIfCancellationRequested();
        if (!_symbols.All.Contains(symbol))
        {
            await ApplyAsync(_plan, _symbols.All);
            return false;
        }

        await ReplaceAsync([.. _symbols.All.Where(known => known != symbol)]);
        return true;
    }

    /// <summary>Looks for signals until it is cancelled, as often as the strategy in force says: every 30, 60, 120 or 300 s.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await LookAsync(cancellation);
                var pause = Pause(Strategy());
                Volatile.Write(ref _nextCycleTicks, (_door.Time.GetUtcNow() + pause).UtcTicks);
                await new Pause().WaitAsync(pause, _door.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end was asked for.
        }
        finally
        {
            Volatile.Write(ref _nextCycleTicks, 0);
        }
    }

    /// <summary>Ends its watches for good: nothing is refreshed for a desk that does not run, whatever changes later. What is held stays.</summary>
    /// <exception cref="IOException">It could not be made durable.</exception>
    public async ValueTask StopAsync(CancellationToken cancellation)
    {
        using var turn = await _turn.EnterAsync();
        _isStopped = true;
        await _watches.ApplyAsync([], cancellation);
    }

    /// <summary>Forgets what is held of a symbol, of an endpoint, of both together, or with neither all of it; exactly that.</summary>
    /// <returns>How many entries were removed.</returns>
    public ValueTask<long> EraseAsync(CryptoSymbol? symbol, CryptoEndpoint? endpoint, CancellationToken cancellation) =>
        new CryptoEraser(_engine, _plan.Reader.Registry).RemoveAsync(symbol, endpoint, Symbols, cancellation);

    /// <summary>Fetches once what is missing, in order of priority.</summary>
    /// <param name="wait">Bounds the whole of it.</param>
    /// <param name="cancellation">Leaves.</param>
    public ValueTask<IReadOnlyList<CryptoValue>> UpdateAsync(TimeSpan wait, CancellationToken cancellation)
    {
        var plan = _plan;
        return plan.Reader.UpdateAsync(Symbols, [.. CryptoSchedule.Refreshed(plan.Reader.Registry, Symbols.Count, plan.Options)], wait, cancellation);
    }

    /// <summary>How it does.</summary>
    public CryptoStatusView Status()
    {
        var next = Volatile.Read(ref _nextCycleTicks);
        TimeSpan? left = next == 0 ? null : TimeSpan.FromTicks(next - _door.Time.GetUtcNow().UtcTicks);
        return CryptoStatusReport.Of(_engine, _watches.Own(), Statistics(), Symbols, left, _signals);
    }

    /// <summary>Both caches' figures.</summary>
    public CryptoCachesView Statistics()
    {
        var stats = _engine.Stats();
        return new CryptoCachesView(
            CryptoStatistics.Cryptometer(stats, _plan.Reader.Registry, Symbols),
            CryptoStatistics.KingFisher(stats, _watches.Own().Count(static status => status.Watch.Provider == CryptoRegistry.KingFisher)));
    }

    /// <summary>All that is held of a symbol; calls nobody.</summary>
    public async ValueTask<CryptoSymbolView> SymbolAsync(CryptoSymbol symbol, CancellationToken cancellation)
    {
        List<CryptoValueView> values = [];
        foreach (var endpoint in _plan.Reader.Registry.Endpoints)
        {
            values.Add(CryptoStatusReport.Of(endpoint, await HeldAsync(endpoint, symbol, cancellation)));
        }

        return new CryptoSymbolView(symbol.Name, Symbols.Contains(symbol), values);
    }

    private async ValueTask<CryptoValue> HeldAsync(CryptoEndpoint endpoint, CryptoSymbol symbol, CancellationToken cancellation)
    {
        var plan = _plan;
        return endpoint.Id == "cryptometer.ticker" && CryptoSchedule.SharesTickers(Symbols.Count, plan.Options)
            ? await plan.Reader.SharedTickerAsync(symbol, CryptoFreshness.Held, cancellation)
            : endpoint.TellsOfSymbols
                ? await plan.Reader.PartAsync(endpoint, symbol, CryptoFreshness.Held, cancellation)
                : await plan.Reader.GetAsync(endpoint, symbol, CryptoFreshness.Held, cancellation);
    }

    private async ValueTask LookAsync(CancellationToken cancellation)
    {
        var watches = _watches.Own().ToDictionary(static status => status.Watch.Name, StringComparer.Ordinal);
        await _plan.Signals.LookAsync(Symbols, SourceOf, cancellation);
        await _signals.RaiseAsync(cancellation);

        SignalSource SourceOf(CryptoEndpoint endpoint, CryptoSymbol symbol) => watches.TryGetValue(CryptoSchedule.NameOf(endpoint, symbol), out var status)
            ? new SignalSource(CryptoAges.Most(endpoint, status.Interval), status.LastSuccess?.Ticks)
            : new SignalSource(endpoint.Ttl, null);
    }

    // Watches first: a durable list whose watches are refused would refuse every start.
    private ValueTask ReplaceAsync(IReadOnlyList<CryptoSymbol> symbols) => OrRestoreAsync(async () =>
    {
        await ApplyAsync(_plan, symbols);
        await _symbols.ReplaceAsync(symbols, CancellationToken.None);
    });

    private async ValueTask OrRestoreAsync(Func<ValueTask> change)
    {
        try
        {
            await change();
        }
        catch (Exception problem) when (problem is IOException or WatchException)
        {
            await RestoreAsync(problem);
            throw;
        }
    }

    private async ValueTask RestoreAsync(Exception because)
    {
        try
        {
            await ApplyAsync(_plan, _symbols.All);
        }
        catch (Exception problem) when (problem is IOException or WatchException)
        {
            throw new IOException($"{because.Message} Its watches are changed in part until it is asked for again: {problem.Message}", problem);
        }
    }

    // Not under the token of who asks: one that leaves half way would leave half of the watches.
    private ValueTask ApplyAsync(Plan plan, IReadOnlyList<CryptoSymbol> symbols) =>
        _watches.ApplyAsync(_isStopped ? [] : CryptoSchedule.Watches(plan.Reader.Registry, symbols, plan.Options), CancellationToken.None);

    private Plan NewPlan(CryptoOptions options)
    {
        var reader = new CryptoReader(_door, options.Registry());
        return new Plan(options, reader, new SignalLoop(reader, options, _door.Time, _news, Note, (symbol, change) => _engine.Refresh.ReportVolatility(CryptoRegistry.Cryptometer, symbol.Name, change)));
    }

    private void Note(CryptoSignal signal)
    {
        _signals.Add(signal);
        _signalled?.Invoke(signal);
    }

    private RefreshStrategy Strategy() =>
        _engine.Refresh.Status().Providers.FirstOrDefault(static provider => provider.Provider == CryptoRegistry.Cryptometer)?.Strategy ?? RefreshStrategy.Normal;

    private static TimeSpan Pause(RefreshStrategy strategy) => TimeSpan.FromSeconds(strategy switch
    {
        RefreshStrategy.Aggressive => 30,
        RefreshStrategy.Conservative => 120,
        RefreshStrategy.Minimal => 300,
        _ => 60,
    });

    /// <summary>What follows from the settings in force.</summary>
    private sealed record Plan(CryptoOptions Options, CryptoReader Reader, SignalLoop Signals);
}
