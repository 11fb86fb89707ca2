using Headgate.Catalogue;
using Headgate.Cli.Commands;
using Headgate.Cli.Monitoring;
using Headgate.Cli.Serving;
using Headgate.Desk.Alerts;
using Headgate.Desk.Api;
using Headgate.Gateway;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Operations;
using Headgate.Gateway.Upstream;
using Headgate.Markets;
using Headgate.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace Headgate.Cli.Resting;

/// <summary>
/// The files of a gate that does not run, behind the same management API for as long as one command takes: locked against a gate that starts, on a port
/// of its own on loopback, offline, and announced to nobody.
/// </summary>
internal sealed class RestingGate : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private WebApplication? _application;

    private RestingGate()
    {
    }

    public Uri Address => GatewayHost.Listeners(_application!)[0].Url;

    /// <summary>Has a gate ever run on this directory?</summary>
    public static bool Exists(DirectoryInfo directory) => File.Exists(Path.Combine(directory.FullName, SqliteLedger.FileName));

    /// <exception cref="CommandFailure">A gate has just started there, or a file cannot be used.</exception>
    public static async Task<RestingGate> OpenAsync(DirectoryInfo directory, TextWriter log, CancellationToken cancellation)
    {
        var gate = new RestingGate();
        try
        {
            await gate.OpenPartsAsync(directory, log, cancellation);
            return gate;
        }
        catch (Exception problem)
        {
            await gate.DisposeAsync();
            if (StartProblems.Explain(problem) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }

    private async Task OpenPartsAsync(DirectoryInfo place, TextWriter log, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var directory = DataDirectory.Open(place.FullName, time);
        _parts.Push(new Closing(directory));
        var ledger = Own(SqliteLedger.Open(directory.Root, time, new LedgerOptions { Log = log.WriteLine }));
        var entries = Own(SqliteEntryStore.Open(directory.Root, time, new EntryStoreOptions { Log = log.WriteLine }));
        var history = Own(SqliteHistoryStore.Open(directory.Root, time));
        var records = Own(SqliteRecordStore.Open(directory.Root, time));
        var transport = new HttpUpstreamTransport(time);
        _parts.Push(new Closing(transport));
        var engine = Own(await Engine.StartAsync(
            new EngineOptions { Offline = true },
            new EnginePorts
            {
                Time = time,
                BootId = BootId.Read(),
                Random = new Random(),
                Transport = transport,
                Ledger = ledger,
                Entries = new UnmovedStore(entries),
                History = history,
                Hasher = directory.OpenHasher(),
                Markets = new MarketSessions(MarketCalendars.Shipped),
            },
            new CatalogueSource(CatalogueOption.Paths(named: null)).Load(),
            cancellation));
        var options = new GatewayOptions { Listen = [new ListenAddress(IsHttps: false, "127.0.0.1", 0)] };
        var operations = Own(await GateOperator.StartAsync(
            engine, options, records, async cancel => [.. (await ledger.ReadCallTotalsAsync(cancel)).Select(total => new DayCalls(total.Label, total.Day, total.Calls))],
            time, problem => log.WriteLine(problem.Message), cancellation));
        _application = await GatewayHost.BuildAsync(options, engine, entries, map: application =>
        {
            operations.Map(application);
            application.MapDeskAlerts(new AlertStore(records));
            LiveSystems.Map(application, running: []);
        });
        _parts.Push(_application);
        await _application.StartAsync(cancellation);
    }

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
