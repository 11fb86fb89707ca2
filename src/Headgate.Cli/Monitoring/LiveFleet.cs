using Headgate.Cli.Twins;
using Headgate.Desk.Api;
using Headgate.Desk.Fleet;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Fleet.Paper;
using Headgate.Desk.Fleet.Statistics;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Cli.Monitoring;

/// <summary>
/// The bot fleet. In a demo the whole exchange is emulated; else the market is the real one, while account and orders are those of an emulation in this process: a provider
/// of its own, whose address no setting moves.
/// </summary>
internal sealed class LiveFleet : ILiveSystem
{
    private readonly PaperExchange _paper = new();
    private LiveSeat? _seat;
    private FleetHost? _host;

    public string Name => "fleet";

    public IReadOnlyList<EmulatedUpstream> Upstreams(Market? market) => market is not null
        ? [DemoUpstreams.CoinbaseAdvanced(market)]
        : [new EmulatedUpstream(PaperExchange.Provider, () => _paper.Twin, TimeProvider.System) { Definition = PaperExchange.Definition }];

    public async Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        _seat = seat;
        var settings = FleetSettings.From(seat.Gate.Configuration);
        if (seat.IsDemo)
        {
            _host = new FleetHost(new FleetExchange(seat.Door, new UnsignedTokens(DemoUpstreams.CoinbaseKey)), seat.Records, settings.Options);
            return;
        }

        await _paper.OpenAsync(seat.Records, await new PaperDollars(seat).FindAsync(settings, cancellation), cancellation);
        _host = new FleetHost(PaperExchange.Over(seat.Door), seat.Records, settings.Options, _paper.See);
    }

    public Task RunAsync(CancellationToken cancellation) =>
        Telling.WhileAsync(_host!.RunAsync, new FleetTable(_host!.Status, _seat!.Output).Tell, FleetTable.LookEvery, _seat.Door.Time, cancellation);

    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        var status = await _host!.RunOnceAsync(cancellation);
        new FleetTable(() => status, _seat!.Output).Tell();
        return status.Problem is null;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapDeskFleet(_host, _host is { } host ? () => FleetReport.Of(host, _seat!.Gate.Engine) : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
