using System.Text.Json.Serialization;
using Headgate.Desk.Collectors.Canada;
using Headgate.Desk.Collectors.Factors;
using Headgate.Desk.Collectors.Questrade;
using Headgate.Desk.Collectors.Readings;

namespace Headgate.Desk.Collectors;

/// <summary>What one cycle came to. Every part is there, and every value is what an upstream said.</summary>
/// <param name="At">When its cycle began.</param>
/// <param name="MarketData">Last bars of indices and shares.</param>
/// <param name="News">Feeds.</param>
/// <param name="EconomicData">Groups of the Bank of Canada.</param>
/// <param name="Commodities">Commodities.</param>
/// <param name="Weather">No upstream of the catalogue has it.</param>
/// <param name="Quotes">Questrade's quotes.</param>
/// <param name="Accounts">Questrade's positions and balances.</param>
/// <param name="Factors">What the research sources say.</param>
public sealed record Collection(
    DateTimeOffset At,
    CollectedPart<Bar> MarketData,
    CollectedPart<NewsFeed> News,
    CollectedPart<RateGroup> EconomicData,
    CollectedPart<Commodity> Commodities,
    CollectedPart<Nothing> Weather,
    CollectedPart<Quote> Quotes,
    CollectedPart<AccountPart> Accounts,
    CollectedPart<Factor> Factors)
{
    /// <summary>All parts in order.</summary>
    [JsonIgnore]
    public IReadOnlyList<ICollectedPart> Parts => [MarketData, News, EconomicData, Commodities, Weather, Quotes, Accounts, Factors];
}
