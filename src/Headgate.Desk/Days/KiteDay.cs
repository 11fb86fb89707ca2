using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Alerts.FollowUps;
using Headgate.Desk.Monitors;
using Headgate.Desk.Monitors.History;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;
using Headgate.Upstreams.Kite;
using Headgate.Upstreams.Providers;

namespace Headgate.Desk.Days;

/// <summary>A day of the four Kite monitors with their alerts and follow-up prices, from before the open to after the close.</summary>
/// <param name="market">The day's market.</param>
public sealed class KiteDay(KiteTapeDay market) : IFleetDay
{
    private const string Chat = "4711";
    private const string Bot = "demo";

    // Before that nothing is scheduled; instruments and daily bars are loaded from here on.
    private static readonly TimeOnly From = new(8, 45);

    // The last follow-up prices are due an hour after the close.
    private static readonly TimeSpan Hours = new(7, 55, 0);

    // What each of the replaced monitors ran in a process of its own.
    private static readonly string[] Apart = ["stock", "onemin", "atr", "options"];

    public string Name => "kite";

    public DateTimeOffset Start => Ist.At(market.Day, From);

    public TimeSpan Length => Hours;

    public IReadOnlyList<string> Synthetic => market.Synthetic;

    public IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant) =>
    [
        new FleetUpstream(new KiteTwin(new KiteOptions(market.Tape(seed)) { InstrumentRows = 0, Unlimited = variant == FleetVariant.Ideal }))
        {
            Headers = [new("Authorization", KiteTwin.DemoCredential)],
            Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["KITE_AUTHORIZATION"] = KiteTwin.DemoCredential["token ".Length..] },
        },
        new FleetUpstream(new TelegramTwin([Bot], isUnlimited: variant == FleetVariant.Ideal)) { IsMarketData = false },
    ];

    public Task RunAsync(FleetSeat seat, CancellationToken cancellation) => seat.LiveAsync(day => LiveAsync(seat, day), cancellation);

    private async Task LiveAsync(FleetSeat seat, CancellationToken cancellation)
    {
        var time = seat.Door.Time;
        await using var alerts = new AlertDesk(seat.Records, [new TelegramChannel(seat.Door, new TelegramOptions(Bot, Chat))], time);
        await alerts.StartAsync(cancellation);
        var raising = new NotingAlertDesk(alerts, ServiceOf, seat.Note);
        var universe = StockUniverse.Of(market.Tape(seat.Seed).Symbols.Where(symbol => !symbol.IsIndex).Select(symbol => symbol.Name));
        if (seat.Variant == FleetVariant.Direct)
        {
            await RunApartAsync(seat, alerts, raising, universe, cancellation);
            return;
        }

        var kite = new KiteMarket(seat.Door);
        var desk = new KiteDesk(seat.Door, seat.Records, raising, universe, market: kite);
        IMonitor[] monitors = [.. desk.Monitors, new FollowUpMonitor(alerts, seat.Records, kite, desk.Rules)];
        await new MonitorHost(monitors, seat.Records, desk.Rules, time).RunAsync(cancellation);
    }

    private static string ServiceOf(string monitor) => monitor is "stock" or "onemin" or "atr" ? monitor + "_monitor" : monitor;

    // Processes side by side share nothing but the account and its limits. Daily bars were asked for when they were needed, not ahead.
    private static async Task RunApartAsync(FleetSeat seat, AlertDesk alerts, NotingAlertDesk raising, StockUniverse universe, CancellationToken cancellation)
    {
        var time = seat.Door.Time;
        var running = new List<Task>();
        foreach (var name in Apart)
        {
            var kite = new DirectKiteMarket(new KiteMarket(seat.Door), time);
            var desk = new KiteDesk(seat.Door, seat.Records, raising, universe, market: kite, running: [name]);
            running.Add(new MonitorHost([.. desk.Monitors.Where(monitor => monitor is not HistoryLoader)], seat.Records, desk.Rules, time).RunAsync(cancellation));
        }

        var own = new DirectKiteMarket(new KiteMarket(seat.Door), time);
        var parts = new KiteDesk(seat.Door, seat.Records, raising, universe, market: own, running: []);
        running.Add(new MonitorHost([new FollowUpMonitor(alerts, seat.Records, own, parts.Rules)], seat.Records, parts.Rules, time).RunAsync(cancellation));
        foreach (var host in running)
        {
            await host;
        }
    }
}
