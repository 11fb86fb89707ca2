using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Builds the markets of an endpoint's instruments.</summary>
internal static class MarketBinder
{
    private const string Segment = "segment ";

    /// <summary><c>NSE:</c> is a prefix, <c>segment 7</c> the low byte of a token.</summary>
    public static bool IsKey(string key) => !key.StartsWith(Segment, StringComparison.Ordinal) ? key.Length > 0 : TrySegment(key, out _);

    public static ItemMarkets? Bind(Fields endpoint, RouteTemplate route, bool batches, ErrorList errors)
    {
        var capture = endpoint.Text("marketBy");
        if (capture is not null && !route.Segments.Contains($"{{{capture}}}", StringComparer.Ordinal))
        {
            errors.Unexpected(endpoint.At("marketBy"), endpoint.PathOf("marketBy"), $"a capture of {route.Text}");
        }

        if (endpoint.Find("markets") is not { } markets)
        {
            return null;
        }

        if (capture is null && !batches)
        {
            errors.Add(markets, $"{endpoint.PathOf("marketBy")} is missing; expected the capture that names the instrument");
        }

        return new ItemMarkets(capture, [.. markets.Entries.Select(entry => Rule(entry.Key, entry.Value.Text))]);
    }

    private static ItemMarketRule Rule(string key, string market) =>
        TrySegment(key, out var segment) ? new ItemMarketRule(null, segment, market) : new ItemMarketRule(key, null, market);

    private static bool TrySegment(string key, out int segment)
    {
        segment = 0;
        return key.StartsWith(Segment, StringComparison.Ordinal)
            && int.TryParse(key.AsSpan(Segment.Length), NumberStyles.None, CultureInfo.InvariantCulture, out segment)
            && segment <= 255;
    }
}
