using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Days;

/// <summary>
/// Asks as the replaced monitors did: 200 instruments a call, 0.4 s between the calls of one monitor, whatever the limit is. What is refused is lost for the cycle.
/// </summary>
internal sealed class DirectKiteMarket(IKiteMarket inner, TimeProvider time) : IKiteMarket
{
    private const int Batch = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    public async ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var quotes = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);
        var problems = new List<string>();
        var asks = 0;
        foreach (var batch in names.Distinct(StringComparer.Ordinal).Chunk(Batch))
        {
            if (asks > 0)
            {
                await Task.Delay(Pause, time, cancellation);
            }

            var set = await inner.QuotesAsync(batch, notBefore, client, cancellation);
            asks += set.Asks;
            problems.AddRange(set.Problems);
            foreach (var (name, quote) in set.Quotes)
            {
                quotes[name] = quote;
            }
        }

        return new QuoteSet(quotes, problems) { Asks = asks };
    }

    public async ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var bars = await inner.BarsAsync(token, interval, from, to, notBefore, client, cancellation);
        await Task.Delay(Pause, time, cancellation);
        return bars;
    }

    public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation) =>
        inner.InstrumentsAsync(exchange, notBefore, client, cancellation);
}
