using Headgate.Desk.Doors;
using Headgate.Desk.Monitors.Universe;
using Microsoft.Extensions.Logging;

namespace Headgate.Desk.Monitors.Market;

/// <summary>Where prices may come from.</summary>
public static class MarketSources
{
    /// <summary>The source the settings name.</summary>
    public static IKiteMarket Of(IDeskDoor door, DeskMonitorOptions options, ILogger? log = null) => options.Source switch
    {
        "kite" => new KiteMarket(door, options.Kite, log),
        "yahoo" or "nsepy" => new YahooMarket(door),
        "demo" => new DemoMarket(door.Time, options.DemoSeed),
        var other => throw new ArgumentException($"There is no source {other}.", nameof(options)),
    };

    /// <summary>Has it futures, open interest and daily bars as well, or prices alone?</summary>
    internal static bool HasAll(IKiteMarket market) => market is not (YahooMarket or DemoMarket);

    /// <summary>The demo has stocks of its own.</summary>
    internal static StockUniverse UniverseOf(IKiteMarket market, StockUniverse universe) => market is DemoMarket ? StockUniverse.Of(DemoMarket.Symbols) : universe;
}
