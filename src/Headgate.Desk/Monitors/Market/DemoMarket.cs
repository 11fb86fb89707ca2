namespace Headgate.Desk.Monitors.Market;

/// <summary>A made-up market for trying things out: 20 stocks, prices that wander from a seed, and up to three forced drops of 2.5 to 4 % a day. Thread-safe.</summary>
/// <remarks>Prices follow from seed, date and minute alone, so that a restart sees the same ones. Volumes are made up as well; there are no futures and no bars.</remarks>
/// <param name="time">Wall clock.</param>
/// <param name="seed">Another seed is another market.</param>
public sealed class DemoMarket(TimeProvider time, int seed = 1) : IKiteMarket
{
    private const int DropsMax = 3;

    /// <summary>Its stocks.</summary>
    public static readonly IReadOnlyList<string> Symbols =
    [
        "RELIANCE", "TCS", "HDFCBANK", "INFY", "ICICIBANK", "HINDUNILVR", "ITC", "SBIN", "BHARTIARTL", "KOTAKBANK",
        "LT", "AXISBANK", "ASIANPAINT", "MARUTI", "SUNPHARMA", "TITAN", "WIPRO", "ULTRACEMCO", "BAJFINANCE", "TATASTEEL",
    ];

    private readonly Lock _lock = new();
    private Path? _path;

    public ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var now = Hosting.Ist.Of(time.GetUtcNow());
        var day = DateOnly.FromDateTime(now.DateTime);
        Path path;
        lock (_lock)
        {
            path = _path = _path?.Day == day ? _path : new Path(day, seed);
        }

        var quotes = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name.StartsWith("NSE:", StringComparison.Ordinal) && path.QuoteAt(name[4..], (int)now.TimeOfDay.TotalMinutes) is { } quote)
            {
                quotes[name] = quote;
            }
        }

        return new(new QuoteSet(quotes, []));
    }

    public ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation) => default;

    public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation) => default;

    // One day's prices, minute by minute from 09:15 to 15:30.
    private sealed class Path
    {
        private const int First = (9 * 60) + 15;
        private const int Minutes = 376;

        private readonly Dictionary<string, (decimal[] Prices, long[] Volumes)> _stocks = new(StringComparer.Ordinal);

        public Path(DateOnly day, int seed)
        {
            Day = day;
            var random = new Random(unchecked((seed * 397) ^ day.DayNumber));
            foreach (var symbol in Symbols)
            {
                var (prices, volumes) = (new decimal[Minutes], new long[Minutes]);
                decimal price = random.Next(200, 4_000);
                long volume = 0;
                for (var i = 0; i < Minutes; i++)
                {
                    price = Math.Round(price * (1 + (random.Next(-10, 11) / 10_000m)), 2);
                    (prices[i], volumes[i]) = (price, volume += random.Next(2_000, 6_000));
                }

                _stocks.Add(symbol, (prices, volumes));
            }

            for (var drop = 0; drop < DropsMax; drop++)
            {
                Drop(Symbols[random.Next(Symbols.Count)], random.Next(30, 340), random.Next(250, 401) / 10_000m, random.Next(40_000, 90_000));
            }
        }

        public DateOnly Day { get; }

        public KiteQuote? QuoteAt(string symbol, int minuteOfDay)
        {
            if (!_stocks.TryGetValue(symbol, out var stock))
            {
                return null;
            }

            var i = Math.Clamp(minuteOfDay - First, 0, Minutes - 1);
            var (high, low) = (stock.Prices[..(i + 1)].Max(), stock.Prices[..(i + 1)].Min());
            return new KiteQuote(stock.Prices[i], stock.Volumes[i], stock.Prices[0], high, low, stock.Prices[0], 0, 0, 0);
        }

        private void Drop(string symbol, int minute, decimal share, long volume)
        {
            var (prices, volumes) = _stocks[symbol];
            for (var i = minute; i < Minutes; i++)
            {
                prices[i] = Math.Round(prices[i] * (1 - share), 2);
                volumes[i] += volume;
            }
        }
    }
}
