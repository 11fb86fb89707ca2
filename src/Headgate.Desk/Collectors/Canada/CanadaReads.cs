using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors.Canada;

/// <summary>What the Canadian market collector reads.</summary>
internal sealed class CanadaReads(CollectorOptions options, string client)
{
    /// <summary>Bars of indices and shares.</summary>
    public IReadOnlyList<Read<Bar>> MarketData { get; } =
        [.. options.Symbols.Select(symbol => Of(PartNames.MarketData, symbol, YahooChart.Ask(symbol, client), options.BarsEvery, options.Market, YahooChart.LastBar))];

    /// <summary>The feeds.</summary>
    public IReadOnlyList<Read<NewsFeed>> News { get; } =
        [.. options.Feeds.Select(feed => Of(PartNames.News, feed.Key, new(feed.Key, feed.Value) { Client = client }, options.NewsEvery, null, FeedXml.Parse))];

    /// <summary>Groups of the Bank of Canada.</summary>
    public IReadOnlyList<Read<RateGroup>> EconomicData { get; } =
        [.. options.RateGroups.Select(group => Of(PartNames.EconomicData, group, Valet.Ask(group, client), options.RatesEvery, null, Valet.Latest))];

    /// <summary>Commodities, which trade nearly around the clock.</summary>
    public IReadOnlyList<Read<Commodity>> Commodities { get; } =
        [.. options.Commodities.Select(symbol => Of(PartNames.Commodities, symbol, YahooChart.Ask(symbol, client), options.CommoditiesEvery, null, YahooChart.Day))];

    public IEnumerable<ReadWish> Wishes =>
        [.. MarketData.Select(static read => read.Wish), .. News.Select(static read => read.Wish), .. EconomicData.Select(static read => read.Wish), .. Commodities.Select(static read => read.Wish)];

    private static Read<T> Of<T>(string part, string item, Doors.DeskAsk ask, TimeSpan every, string? market, Func<ReadOnlyMemory<byte>, T?> parse)
        where T : class => new(new ReadWish(part, item, ask.Provider, ask.Target, every, market), item, ask, parse);
}
