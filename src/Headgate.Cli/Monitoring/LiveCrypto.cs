using System.Runtime.InteropServices;
using Headgate.Cli.Twins;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.Reading;
using Headgate.Refresh;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Cli.Monitoring;

/// <summary>The crypto desk on Cryptometer and KingFisher; a demo's are emulated.</summary>
internal sealed class LiveCrypto : ILiveSystem
{
    // 110 calls at one a second, and some patience.
    private static readonly TimeSpan RoundMax = TimeSpan.FromMinutes(5);

    private LiveSeat? _seat;
    private CryptoDesk? _desk;
    private CryptoTable? _table;
    private PosixSignalRegistration? _reload;

    public string Name => "crypto";

    public IReadOnlyList<EmulatedUpstream> Upstreams(Market? market) => market is null ? [] : [DemoUpstreams.Cryptometer(market), DemoUpstreams.KingFisher(market)];

    public async Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        _seat = seat;
        var options = Settings();
        var alerts = options.Alerts ? await seat.Alerts.StartAsync(cancellation) : null;
        _table = new CryptoTable(() => _desk!.Status(), seat.Output);
        _desk = new CryptoDesk(seat.Gate.Engine, seat.Door, seat.Records, options, _table.Tell, alerts);
        try
        {
            await _desk.StartAsync(cancellation);
        }
        catch (WatchException impossible)
        {
            throw new CommandFailure($"the crypto desk does not start: {impossible.Message}", ExitCode.Failure, impossible);
        }

        _reload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            _ = ReloadAsync();
        });
    }

    public Task RunAsync(CancellationToken cancellation) => Telling.WhileAsync(_desk!.RunAsync, _table!.Tell, CryptoTable.Every, _seat!.Door.Time, cancellation);

    /// <summary>Fetches what is missing, once, the most urgent first.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var values = await _desk!.UpdateAsync(RoundMax, cancellation);
        foreach (var missing in values.Where(static value => value.Status == CryptoStatus.None))
        {
            await _seat!.Output.WriteLineAsync($"{missing.Endpoint} {missing.Symbol}: {missing.Reason}");
        }

        await _seat!.Output.WriteLineAsync(
            $"crypto: {values.Count(static value => value.Status == CryptoStatus.Fresh)} fresh, {values.Count(static value => value.Status == CryptoStatus.Stale)} stale, {values.Count(static value => value.Status == CryptoStatus.None)} missing");
        return values.All(static value => value.Status != CryptoStatus.None);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapDeskCrypto(_desk);

    public async ValueTask DisposeAsync()
    {
        _reload?.Dispose();
        try
        {
            await (_desk?.StopAsync(CancellationToken.None) ?? ValueTask.CompletedTask);
        }
        catch (IOException problem)
        {
            await _seat!.Output.WriteLineAsync($"the crypto desk's watches stay until the next start: {problem.Message}");
        }
    }

    private CryptoOptions Settings()
    {
        var options = CryptoOptions.From(_seat!.Gate.Configuration);
        return _seat.IsDemo ? options with { KingFisher = true } : options;
    }

    // As with the catalogue: what has errors is told and the running settings stay. Nobody awaits it, so whatever goes wrong is told here.
    private async Task ReloadAsync()
    {
        try
        {
            _seat!.Gate.Configuration.Reload();
            await _desk!.ReloadAsync(Settings(), CancellationToken.None);
            await _seat.Output.WriteLineAsync("desk:crypto reloaded");
        }
        catch (Exception problem)
        {
            await _seat!.Output.WriteLineAsync($"desk:crypto not reloaded, the running settings stay: {problem.Message}");
        }
    }
}
