using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Tests.Support;

/// <summary>A market the test writes minute by minute. What was not written stays as it was.</summary>
internal sealed class FakeMarket(TimeProvider time) : IKiteMarket
{
    private readonly Dictionary<string, SortedDictionary<TimeOnly, KiteQuote>> _quotes = new(StringComparer.Ordinal);

    public List<(DateTimeOffset At, IReadOnlyList<string> Names, DateTimeOffset NotBefore)> Quotes { get; } = [];

    public List<(long Token, DateOnly From, DateOnly To)> Histories { get; } = [];

    public List<string> Listings { get; } = [];

    public List<KiteContract> Contracts { get; } = [];

    public Func<long, IReadOnlyList<KiteBar>?> Bars { get; set; } = static _ => null;

    public bool HasInstruments { get; set; } = true;

    public FakeMarket Set(string name, string at, decimal last, long volume = 0, decimal open = 100, long oi = 0)
    {
        if (!_quotes.TryGetValue(name, out var quotes))
        {
            _quotes.Add(name, quotes = []);
        }

        quotes[TimeOnly.Parse(at)] = new KiteQuote(last, volume, open, Math.Max(open, last), Math.Min(open, last), open, oi, oi, oi);
        return this;
    }

    public ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        Quotes.Add((now, names, notBefore));
        var quotes = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (_quotes.TryGetValue(name, out var known) && known.LastOrDefault(quote => quote.Key <= Ist.TimeOf(now)).Value is { Last: > 0 } quote)
            {
                quotes[name] = quote;
            }
        }

        return new(new QuoteSet(quotes, []) { Asks = 1 });
    }

    public ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        Histories.Add((token, from, to));
        return new(Bars(token));
    }

    public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        Listings.Add(exchange);
        return new(HasInstruments ? [.. Contracts.Where(contract => contract.Exchange == exchange)] : null);
    }
}
