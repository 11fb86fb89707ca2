namespace Headgate.Catalogue;

/// <summary>What a request tells of the instruments it asks for: their market, and the bars of a candle request.</summary>
internal static class InstrumentFacts
{
    /// <summary>The market of one item.</summary>
    public static string? Market(ProviderModel provider, EndpointModel endpoint, string item) =>
        endpoint.Markets is { } markets ? markets.Of(item) : provider.Market;

    /// <summary>The market of a whole response: by its capture, or none where it may hold instruments of several markets.</summary>
    public static string? Market(ProviderModel provider, EndpointModel endpoint, string target, in RouteMatch match)
    {
        if (endpoint.Markets is not { } markets)
        {
            return provider.Market;
        }

        return markets.Capture is { } capture && match.TryCapture(target, capture, out var raw) && Percent.TryDecode(raw, plusIsSpace: false, out var instrument)
            ? markets.Of(instrument)
            : null;
    }

    /// <summary>Bar length of a candle request; null where the endpoint has no range or its definition does not know the interval.</summary>
    public static TimeSpan? Bar(EndpointModel endpoint, string target, in RouteMatch match)
    {
        if (endpoint.Range is not { } range)
        {
            return null;
        }

        var name = match.TryCapture(target, range.Interval, out var raw) && Percent.TryDecode(raw, plusIsSpace: false, out var captured)
            ? captured
            : Targets.Parameter(target, range.Interval);
        return name is not null && range.Intervals.TryGetValue(name, out var interval) ? interval.Bar : null;
    }
}
