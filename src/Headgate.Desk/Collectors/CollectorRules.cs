using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Collectors;

/// <summary>Reads and checks the section <c>desk:collector</c>.</summary>
public static class CollectorRules
{
    private const int ListMax = 200;

    private static readonly TimeSpan CycleMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan EveryMax = TimeSpan.FromDays(31);
    private static readonly TimeSpan WindowMax = TimeSpan.FromDays(1);

    /// <summary>The settings. Lists that are stated take the place of the default ones.</summary>
    /// <exception cref="FormatException">A value cannot be read or is out of its range; the message names each.</exception>
    public static CollectorOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("desk:collector");
        CollectorOptions options;
        try
        {
            options = Lists(section, section.Get<CollectorOptions>() ?? new CollectorOptions());
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"The section desk:collector cannot be read: {error.InnerException?.Message ?? error.Message} {error.Message}", error);
        }

        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    // The binder adds to a list that is there already.
    private static CollectorOptions Lists(IConfigurationSection section, CollectorOptions bound) => bound with
    {
        Symbols = List(section, "symbols", bound.Symbols),
        Commodities = List(section, "commodities", bound.Commodities),
        RateGroups = List(section, "rateGroups", bound.RateGroups),
        Tickers = List(section, "tickers", bound.Tickers),
        FactorSymbols = List(section, "factorSymbols", bound.FactorSymbols),
        Feeds = section.GetSection("feeds") is var feeds && feeds.Exists()
            ? feeds.GetChildren().Where(static feed => feed.Value is { Length: > 0 }).ToDictionary(static feed => feed.Key, static feed => feed.Value!, StringComparer.Ordinal)
            : bound.Feeds,
    };

    // One value may hold several, separated by commas; an empty one is none.
    private static IReadOnlyList<string> List(IConfigurationSection section, string name, IReadOnlyList<string> otherwise)
    {
        var stated = section.GetSection(name);
        return !stated.Exists() ? otherwise
            : stated.Value is { } text ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. stated.GetChildren().Select(static item => item.Value).OfType<string>()];
    }

    private static IEnumerable<string> Faults(CollectorOptions options)
    {
        List<string> faults = [];
        Span("cycle", options.Cycle, TimeSpan.FromSeconds(1), CycleMax);
        Span("healthWindow", options.HealthWindow, TimeSpan.FromMinutes(1), WindowMax);
        Every("barsEvery", options.BarsEvery);
        Every("commoditiesEvery", options.CommoditiesEvery);
        Every("newsEvery", options.NewsEvery);
        Every("ratesEvery", options.RatesEvery);
        Every("quotesEvery", options.QuotesEvery);
        Every("positionsEvery", options.PositionsEvery);
        Every("overviewEvery", options.OverviewEvery);
        Every("metricsEvery", options.MetricsEvery);
        Every("sentimentEvery", options.SentimentEvery);
        Names("symbols", options.Symbols);
        Names("commodities", options.Commodities);
        Names("rateGroups", options.RateGroups);
        Names("tickers", options.Tickers);
        Names("factorSymbols", options.FactorSymbols);
        faults.AddRange(options.Feeds.Where(static feed => !feed.Value.StartsWith('/')).Select(static feed => $"desk:collector:feeds:{feed.Key} is {feed.Value}; expected a path at that provider, as /feed/."));
        return faults;

        void Every(string name, TimeSpan value) => Span(name, value, TimeSpan.FromSeconds(1), EveryMax);

        void Span(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                faults.Add($"desk:collector:{name} is {value}; expected {least} to {most}.");
            }
        }

        void Names(string name, IReadOnlyList<string> values)
        {
            if (values.Count > ListMax || values.Any(static value => value.Length is 0 or > 64 || value.Any(char.IsControl)) || values.Distinct(StringComparer.Ordinal).Count() != values.Count)
            {
                faults.Add($"desk:collector:{name} has {values.Count} entries; expected at most {ListMax} different ones of 1 to 64 printable characters.");
            }
        }
    }
}
