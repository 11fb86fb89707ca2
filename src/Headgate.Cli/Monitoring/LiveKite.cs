using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Alerts;
using Headgate.Desk.Api;
using Headgate.Desk.Doors;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Session;
using Headgate.Desk.Monitors.Universe;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Headgate.Cli.Monitoring;

/// <summary>The Kite desk: monitors of the Indian market, on the wall clock or along a demo's tape.</summary>
internal sealed class LiveKite : ILiveSystem
{
    // After this a single run ends whatever is still on its way: what is left is delivered by the next process.
    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(30);

    private LiveSeat? _seat;
    private ILogger? _log;
    private AlertDesk? _alerts;
    private MonitorHost? _host;

    public string Name => "kite";

    public IReadOnlyList<string> Parts { get; } = ["stock", "onemin", "atr", "options"];

    public IReadOnlyList<EmulatedUpstream> Upstreams(Market? market) => market is null ? [] : [DemoUpstreams.Kite(market)];

    public async Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        _seat = seat;
        _log = seat.Logs.CreateLogger("Headgate.Desk.host");
        var options = seat.Places.Into(DeskMonitorOptions.From(seat.Gate.Configuration));
        _alerts = await seat.Alerts.StartAsync(cancellation);
        await CheckTokenAsync(seat.Door, options, cancellation);
        var desk = new KiteDesk(seat.Door, seat.Records, _alerts, UniverseOf(options, seat.Market), options, logs: seat.Logs, running: [.. parts, "followup"]);
        _host = new MonitorHost(desk.Monitors, seat.Records, desk.Rules, seat.Door.Time, seat.Logs);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        Telling.WhileAsync(_host!.RunAsync, new CycleTable(() => _host!.Status, _seat!.Output).Tell, CycleTable.LookEvery, _seat.Door.Time, cancellation);

    /// <summary>One cycle of each monitor; waits for the alerts.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var output = _seat!.Output;
        var table = new CycleTable(() => _host!.Status, output);
        var all = await _host!.RunOnceAsync(cancellation);
        table.Tell();
        foreach (var failed in all.Where(static status => status.LastError is not null))
        {
            await output.WriteLineAsync($"{failed.Name} failed: {failed.LastError}");
        }

        if (!await _alerts!.DrainAsync(DrainMax, cancellation))
        {
            await output.WriteLineAsync("some alerts are still on their way; the next run delivers them");
        }

        return all.All(static status => status.LastError is null);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapDeskMonitors(_host is { } host ? () => host.Status : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task CheckTokenAsync(EngineDoor door, DeskMonitorOptions options, CancellationToken cancellation)
    {
        if (!string.Equals(options.Source, "kite", StringComparison.Ordinal))
        {
            return;
        }

        var token = await new KiteTokenCheck(door, options.Kite.Provider).AskAsync(cancellation);
        var now = door.Time.GetUtcNow();
        if (token.State == KiteTokenState.Invalid)
        {
            LiveDeskLog.TokenInvalid(_log!, token.Why);
            await NotifyAsync(KiteTokenCheck.Notice(token, now), cancellation);
            throw new CommandFailure(
                $"Kite refused the access token: {token.Why}. Log in to Kite, renew KITE_AUTHORIZATION (HEADGATE_SECRETS__KITE_AUTHORIZATION, or the file secrets of the data directory) and start again.");
        }

        if (token.State == KiteTokenState.Unknown)
        {
            LiveDeskLog.TokenUnknown(_log!, token.Why);
        }
        else if (token.ExpiresSoon(now))
        {
            LiveDeskLog.TokenExpires(_log!, Ist.Of(token.FlushedAt));
        }
    }

    private async Task NotifyAsync(Alert notice, CancellationToken cancellation)
    {
        try
        {
            await _alerts!.RaiseAsync(notice, cancellation);
            await _alerts.DrainAsync(DrainMax, cancellation);
        }
        catch (IOException problem)
        {
            // The refusal itself is told all the same.
            LiveDeskLog.Delivery(_log!, problem.Message);
        }
    }

    private static StockUniverse UniverseOf(DeskMonitorOptions options, Market? market)
    {
        if (options.Universe is not { } file)
        {
            return market is null ? StockUniverse.Sample : StockUniverse.Of(market.Tape.Symbols.Where(static symbol => !symbol.IsIndex).Select(static symbol => symbol.Name));
        }

        try
        {
            return StockUniverse.Parse(File.ReadAllBytes(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CommandFailure($"desk:universe {file} cannot be used: {problem.Message}", ExitCode.Usage, problem);
        }
    }
}
