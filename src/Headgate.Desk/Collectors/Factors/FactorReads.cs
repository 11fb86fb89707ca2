using Headgate.Desk.Collectors.Readings;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Collectors.Factors;

/// <summary>What the research system reads of each symbol: the most important symbol first, and each class of data as often as it is worth.</summary>
/// <remarks>Credentials are the gate's; where its definition has one per purpose (Alpha Vantage's profile <c>four-keys</c>), the gate chooses among them.</remarks>
internal sealed class FactorReads(CollectorOptions options, string client)
{
    public IReadOnlyList<Read<Factor>> All { get; } =
    [
        .. options.FactorSymbols.SelectMany(symbol => new[]
        {
            Of("overview", symbol, new("alphavantage", $"/query?function=OVERVIEW&symbol={Uri.EscapeDataString(symbol)}"), options.OverviewEvery, static body => FactorJson.Members(body), client),
            Of("metrics", symbol, new("finnhub", $"/stock/metric?symbol={Uri.EscapeDataString(symbol)}&metric=all"), options.MetricsEvery, static body => FactorJson.Members(body, "metric"), client),
            Of("sentiment", symbol, new("finnhub", $"/news-sentiment?symbol={Uri.EscapeDataString(symbol)}"), options.SentimentEvery, static body => FactorJson.Members(body), client),
            Of("articles", symbol, new("newsapi", $"/v2/everything?q={Uri.EscapeDataString(symbol)}&sortBy=publishedAt&pageSize=20"), options.SentimentEvery, FactorJson.Articles, client),
        }),
    ];

    public IEnumerable<ReadWish> Wishes => All.Select(static read => read.Wish);

    private static Read<Factor> Of(string what, string symbol, DeskAsk ask, TimeSpan every, Func<ReadOnlyMemory<byte>, Factor?> parse, string client) =>
        new(new ReadWish(PartNames.Factors, $"{symbol} {what}", ask.Provider, ask.Target, every, null), $"{symbol} {what}", ask with { Client = client, Urgency = 4 }, parse);
}
