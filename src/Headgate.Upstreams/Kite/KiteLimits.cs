using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Kite;

/// <summary>Kite's limits per api key (kite.trade/docs/connect/v3/exceptions and staff answers in its forum, read 2026-11-20).</summary>
internal static class KiteLimits
{
    public const string Quote = "quote";
    public const string Historical = "historical";
    public const string Order = "order";
    public const string Other = "other";

    public const int QuoteItemsMax = 500;
    public const int SmallQuoteItemsMax = 1000;
    public const int ModificationsMax = 25;

    // Above about 16 KB of URL the real door answers 414 (forum comment 46232).
    public const int TargetBytesMax = 16 * 1024;

    private static readonly TimeSpan Ist = new(5, 30, 0);

    public static IReadOnlyList<LimitRule> Rules(LimiterKind kind, bool total)
    {
        var second = TimeSpan.FromSeconds(1);
        var rules = new List<LimitRule>
        {
            new("quote 1/s", Quote, 1, second, kind),
            new("historical 3/s", Historical, 3, second, kind),
            new("order 10/s", Order, 10, second, kind),
            new("order 400/min", Order, 400, TimeSpan.FromMinutes(1), kind),
            new("order 5000/day", Order, 5000, TimeSpan.FromDays(1), LimiterKind.FixedWindow) { Offset = -Ist },
            new("other 10/s", Other, 10, second, kind),
        };
        if (total)
        {
            rules.Add(new("total 10/s", "*", 10, second, kind));
        }

        return rules;
    }

    /// <summary>The longest span of one historical request in days, by interval; null for an unknown interval.</summary>
    public static (int Minutes, int DaysMax)? Interval(string name) => name switch
    {
        "minute" => (1, 60),
        "3minute" => (3, 100),
        "5minute" => (5, 100),
        "10minute" => (10, 100),
        "15minute" => (15, 200),
        "30minute" => (30, 200),
        "60minute" => (60, 400),
        "day" => (1440, 2000),
        _ => null,
    };
}
