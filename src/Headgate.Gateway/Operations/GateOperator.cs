using Headgate.Catalogue;
using Headgate.Dispatch;
using Headgate.Gateway.Api;
using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Gateway.Operations;

/// <summary>What operators do to a running gate: modes, savings, the cache, events. Restores durable modes at start; flushes savings from time to time and at stop.</summary>
public sealed class GateOperator : IAsyncDisposable
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(5);

    private readonly Action<Exception> _report;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;

    private GateOperator(
        Engine engine, GatewayOptions options, IRecordStore records, Func<CancellationToken, ValueTask<IReadOnlyList<DayCalls>>> calls, TimeProvider time, Action<Exception> report)
    {
        _report = report;
        Engine = engine;
        Modes = new ModeStore(records, engine.Modes, time);
        Savings = new SavingsBook(records, engine.Stats, calls, () => DateOnly.FromDateTime(engine.Clock.Now.ToUtc().UtcDateTime));
        Warmer = new CacheWarmer(engine, options);
        _timer = time.CreateTimer(static state => _ = ((GateOperator)state!).FlushAsync(), this, FlushEvery, FlushEvery);
    }

    internal Engine Engine { get; }

    internal ModeStore Modes { get; }

    internal SavingsBook Savings { get; }

    internal CacheWarmer Warmer { get; }

    /// <summary>Cancelled when the operator stops: ends streams of events.</summary>
    internal CancellationToken Stopping => _stop.Token;

    /// <param name="engine">The running engine.</param>
    /// <param name="options">Settings of the edge.</param>
    /// <param name="records">Where modes and savings are kept.</param>
    /// <param name="calls">Calls per endpoint and day, from the ledger.</param>
    /// <param name="time">Wall clock and timers.</param>
    /// <param name="report">Told of what could not be written.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="IOException">The records cannot be read.</exception>
    public static async Task<GateOperator> StartAsync(
        Engine engine,
        GatewayOptions options,
        IRecordStore records,
        Func<CancellationToken, ValueTask<IReadOnlyList<DayCalls>>> calls,
        TimeProvider time,
        Action<Exception> report,
        CancellationToken cancellation)
    {
        var gate = new GateOperator(engine, options, records, calls, time, report);
        await gate.Modes.RestoreAsync(cancellation);
        if (options.Mode is { } mode)
        {
            // What is set outside holds for this run alone and goes before what was set at run time.
            engine.Modes.Set(ModeScope.Gate, mode);
        }

        return gate;
    }

    /// <summary>Adds its part of the API.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        OperatorApi.Map(routes, this);
        RefreshApi.Map(routes, Engine.Refresh);
    }

    /// <summary>Ends streams and flushes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _timer.DisposeAsync();
        await FlushAsync();
    }

    private async Task FlushAsync()
    {
        try
        {
            await Savings.FlushAsync(CancellationToken.None);
        }
        catch (IOException problem)
        {
            // The next flush carries it; the operator hears why.
            _report(problem);
        }
    }
}
