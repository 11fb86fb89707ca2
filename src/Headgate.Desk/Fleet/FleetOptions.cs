namespace Headgate.Desk.Fleet;

/// <summary>The bot fleet's settings. All money in US dollars.</summary>
public sealed record FleetOptions
{
    /// <summary>One bot per pair. Default: seventeen documented pairs and eight named later, a demonstration fleet of twenty-five.</summary>
    public IReadOnlyList<string> Pairs { get; init; } =
    [
        "BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD", "AVNT-USD", "AERO-USD", "SUI-USD", "AVAX-USD", "TOSHI-USD", "PENGU-USD", "ADA-USD", "LINK-USD",
        "MATIC-USD", "LTC-USD", "DOT-USD", "UNI-USD", "BONK-USD", "MOODENG-USD", "SQD-USD", "ZORA-USD", "IP-USD", "XAN-USD", "USELESS-USD", "XTZ-USD",
    ];

    /// <summary>Time between two evaluations of the whole fleet, 1 minute or more. Default 5 minutes.</summary>
    public TimeSpan Cycle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How market data is asked: all pairs at once, or each pair for itself. Default batched.</summary>
    public FleetStyle Style { get; init; } = FleetStyle.Batched;

    /// <summary>Oldest price a trading decision may use. Default 30 s.</summary>
    public TimeSpan TradingPriceMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Oldest price that is shown. Default 90 s.</summary>
    public TimeSpan DisplayPriceMax { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>A fleet without usable prices looks again this often, until it has some. Default 30 s.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Balances are asked for this often, and after every order of its own. Default 10 minutes.</summary>
    public TimeSpan AccountsEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The product list is asked for this often. Default 1 hour.</summary>
    public TimeSpan ProductsEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Hourly candles a bot looks at, 35 or more. Default 100.</summary>
    public int Candles { get; init; } = 100;

    /// <summary>Oldest quote of all pairs a cycle may share with another asker. Default 5 s.</summary>
    public TimeSpan QuoteAgeMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long candles may wait for a scarce budget; prices are asked for after them. Default 2 minutes.</summary>
    public TimeSpan CandlesDeadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two trades of a bot. Default 15 minutes.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A signal must stand this long before it is traded. Default 5 minutes.</summary>
    public TimeSpan Confirmation { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Scores at or below it buy. Default −0.05; fixed by an incident, not to be changed as a side effect of anything.</summary>
    public decimal BuyThreshold { get; init; } = -0.05m;

    /// <summary>Scores at or above it sell. Default 0.05.</summary>
    public decimal SellThreshold { get; init; } = 0.05m;

    /// <summary>Spent by one buy, 1 to 100. Default 10.</summary>
    public decimal TradeDollars { get; init; } = 10;

    /// <summary>Dollars an account must have for a buy. Default 5.</summary>
    public decimal BuyMinimum { get; init; } = 5;

    /// <summary>A sell below this value is not worth an order. Default 1.</summary>
    public decimal SellMinimum { get; init; } = 1;

    /// <summary>Orders of all bots sent in a minute, at most; each costs two calls, itself and the look at its fill. Default 60; lower it with the budget.</summary>
    public int OrdersPerMinute { get; init; } = 60;

    /// <summary>Trades of all bots in a UTC day, at most. Default 500.</summary>
    public int TradesPerDay { get; init; } = 500;

    /// <summary>Trades of one bot in a UTC day, at most. Default 300.</summary>
    public int TradesPerBotAndDay { get; init; } = 300;

    /// <summary>Realised loss of all bots in a UTC day that stops buying. Default 100.</summary>
    public decimal DailyLossMax { get; init; } = 100;

    /// <summary>Losing trades in a row after which a bot buys no more that day. Default 3.</summary>
    public int LossesInARow { get; init; } = 3;

    /// <summary>Modes of single bots; the others are <see cref="BotMode.On"/>.</summary>
    public IReadOnlyDictionary<string, BotMode> Modes { get; init; } = new Dictionary<string, BotMode>(StringComparer.Ordinal);

    /// <summary>Bots that are stopped: they hold, and say so.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>The mode of a pair's bot.</summary>
    public BotMode ModeOf(string pair) => Modes.GetValueOrDefault(pair, BotMode.On);
}
