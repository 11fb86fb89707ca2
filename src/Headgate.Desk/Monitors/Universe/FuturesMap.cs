using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Universe;

/// <summary>The nearest future of each underlying, and the one after it. Immutable.</summary>
/// <param name="Day">The date it was made.</param>
/// <param name="Mappings">By the underlying's name.</param>
public sealed record FuturesMap(DateOnly Day, IReadOnlyDictionary<string, FutureMapping> Mappings)
{
    /// <summary>A map without futures.</summary>
    public static FuturesMap Empty(DateOnly day) => new(day, new Dictionary<string, FutureMapping>(StringComparer.Ordinal));

    /// <summary>The full instrument name (<c>NFO:INFY26NOVFUT</c>) of an underlying's nearest future, or null.</summary>
    public string? NameOf(string underlying) => Mappings.TryGetValue(underlying, out var mapping) ? $"{mapping.Exchange}:{mapping.Symbol}" : null;

    /// <summary>From the instruments of NFO: contracts that expired before the day are skipped; on its expiry day a contract still trades.</summary>
    public static FuturesMap Of(IEnumerable<KiteContract> contracts, DateOnly day) => new(day, contracts
        .Where(contract => contract.Type is "FUT" && contract.Name.Length > 0 && contract.Expiry >= day)
        .GroupBy(static contract => contract.Name, StringComparer.Ordinal)
        .ToDictionary(
            static group => group.Key,
            static group =>
            {
                var near = group.OrderBy(static contract => contract.Expiry).ThenBy(static contract => contract.Symbol, StringComparer.Ordinal).Take(2).ToList();
                return new FutureMapping(near[0].Symbol, near[0].Expiry!.Value, near[0].Exchange) { Next = near.Count > 1 ? near[1].Symbol : null };
            },
            StringComparer.Ordinal));

    /// <summary>The same map without what has expired by a day: what is still right of yesterday's.</summary>
    public FuturesMap Without(DateOnly expiredBefore) => new(Day, Mappings
        .Where(mapping => mapping.Value.Expiry >= expiredBefore)
        .ToDictionary(static mapping => mapping.Key, static mapping => mapping.Value, StringComparer.Ordinal));

    /// <summary>Underlyings whose nearest future is another than in the map before.</summary>
    public IReadOnlyList<(string Underlying, FutureMapping From, FutureMapping To)> RollOversFrom(FuturesMap before) =>
    [
        .. Mappings
            .Where(now => before.Mappings.TryGetValue(now.Key, out var then) && !string.Equals(then.Symbol, now.Value.Symbol, StringComparison.Ordinal))
            .OrderBy(static now => now.Key, StringComparer.Ordinal)
            .Select(now => (now.Key, before.Mappings[now.Key], now.Value)),
    ];

    /// <summary>As <c>{metadata, mappings, stats}</c>.</summary>
    public byte[] ToJson()
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteString("last_updated", Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteNumber("total_mappings", Mappings.Count);
            writer.WriteEndObject();
            writer.WriteStartObject("mappings");
            foreach (var (underlying, mapping) in Mappings.OrderBy(static mapping => mapping.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(underlying);
                writer.WriteString("futures_symbol", mapping.Symbol);
                writer.WriteString("expiry", mapping.Expiry.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteString("exchange", mapping.Exchange);
                if (mapping.Next is { } next)
                {
                    writer.WriteString("next_futures_symbol", next);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteStartObject("stats");
            foreach (var expiry in Mappings.Values.GroupBy(static mapping => mapping.Expiry).OrderBy(static expiry => expiry.Key))
            {
                writer.WriteNumber(expiry.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), expiry.Count());
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>Null when it is no such map.</summary>
    public static FuturesMap? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var mappings = new Dictionary<string, FutureMapping>(StringComparer.Ordinal);
            foreach (var mapping in document.RootElement.GetProperty("mappings").EnumerateObject())
            {
                mappings[mapping.Name] = new FutureMapping(
                    mapping.Value.GetProperty("futures_symbol").GetString()!, Date(mapping.Value.GetProperty("expiry")), mapping.Value.GetProperty("exchange").GetString()!)
                {
                    Next = mapping.Value.TryGetProperty("next_futures_symbol", out var next) ? next.GetString() : null,
                };
            }

            return new FuturesMap(Date(document.RootElement.GetProperty("metadata").GetProperty("last_updated")), mappings);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static DateOnly Date(JsonElement text) => DateOnly.ParseExact(text.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>An underlying's nearest future.</summary>
/// <param name="Symbol">Trading symbol.</param>
/// <param name="Expiry">Its last day of trading.</param>
/// <param name="Exchange"><c>NFO</c>.</param>
public sealed record FutureMapping(string Symbol, DateOnly Expiry, string Exchange)
{
    /// <summary>Trading symbol of the future after it, or null.</summary>
    public string? Next { get; init; }
}
