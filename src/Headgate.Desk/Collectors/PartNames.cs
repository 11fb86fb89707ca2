namespace Headgate.Desk.Collectors;

/// <summary>Names of a collection's parts, as the replaced collector's result had them.</summary>
internal static class PartNames
{
    public const string MarketData = "market_data";
    public const string News = "news";
    public const string EconomicData = "economic_data";
    public const string Commodities = "commodities";
    public const string Weather = "weather";
    public const string Quotes = "quotes";
    public const string Accounts = "accounts";
    public const string Factors = "factors";
}
