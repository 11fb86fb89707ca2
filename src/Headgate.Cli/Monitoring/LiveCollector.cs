using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Api;
using Headgate.Desk.Collectors.Planning;
using Headgate.Desk.Collectors.Readings;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Cli.Monitoring;

/// <summary>The collector of Canadian market data, Questrade's quotes and positions, and research factors.</summary>
internal sealed class LiveCollector : ILiveSystem
{
    private LiveSeat? _seat;
    private CollectorHost? _host;
    private CollectionTable? _table;

    public string Name => "collector";

    public IReadOnlyList<EmulatedUpstream> Upstreams(Market? market) => market is null ? [] : DemoUpstreams.Research(market);

    public Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation)
    {
        _seat = seat;
        var options = CollectorRules.Read(seat.Gate.Configuration);
        _table = new CollectionTable(seat.Output);
        _host = new CollectorHost(seat.Door, new EngineReadPlanner(seat.Gate.Engine), seat.Records, options, seat.Gate.Health.Phases, Tell);
        return Task.CompletedTask;
    }

    public Task RunAsync(CancellationToken cancellation) => _host!.RunAsync(cancellation);

    /// <summary>One collection; well when every part that an upstream could have has something.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancellation)
    {
        await _host!.CollectAsync(cancellation);
        var missing = _host.Status().Parts.Where(static part => part.State == ReadingState.Unavailable && part.Sources.Count > 0).ToList();
        foreach (var part in missing)
        {
            await _seat!.Output.WriteLineAsync($"{part.Name} failed: {part.Reason}");
        }

        return missing.Count == 0;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapDeskCollector(_host is { } host ? host.Status : null, _seat?.Door.Time ?? TimeProvider.System);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Tell(Collection collection) => _table!.Tell(_host!.Status(), _seat!.Door.Time.GetUtcNow());
}
