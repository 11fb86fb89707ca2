using System.Globalization;
using System.Text.Json;
using Headgate.Desk.Crypto.Reading;
using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Signals;

/// <summary>Reads signals out of answers. Pure; what an answer does not say is no signal.</summary>
internal static class SignalRules
{
    /// <summary>Change over 24 h beyond which a symbol is volatile, in percent either way.</summary>
    public const decimal VolatileAbove = 10;

    // Two longs for each short, or the other way round, over a whole closed bar.
    private const decimal Crowded = 2;

    private static readonly TimeSpan RatioBar = TimeSpan.FromHours(4);

    /// <summary>Rapid movements of watched symbols.</summary>
    public static IEnumerable<CryptoSignal> Movements(JsonElement rows, IReadOnlySet<CryptoSymbol> watched)
    {
        foreach (var row in Rows(rows))
        {
            if (CryptoRows.SymbolOf(row) is { } symbol && watched.Contains(symbol) && Instant(row, "timestamp") is { } at && Number(row, "change_detected") is { } change)
            {
                yield return new CryptoSignal("rapid_movement", symbol, at, string.Create(CultureInfo.InvariantCulture, $"{Text(row, "side")} {change}"));
            }
        }
    }

    /// <summary>Closed bars in which nearly everybody stood on one side; the bar that still runs is not looked at.</summary>
    public static IEnumerable<CryptoSignal> Ratios(JsonElement rows, CryptoSymbol symbol, DateTimeOffset now)
    {
        foreach (var row in Rows(rows))
        {
            if (Instant(row, "timestamp") is { } opened && now - opened >= RatioBar && Number(row, "ratio") is { } ratio && (ratio >= Crowded || ratio is > 0 and <= 1 / Crowded))
            {
                yield return new CryptoSignal("crowded", symbol, opened + RatioBar, string.Create(CultureInfo.InvariantCulture, $"{(ratio > 1 ? "LONG" : "SHORT")} {ratio}"));
            }
        }
    }

    /// <summary>Positions that the screener opened.</summary>
    public static IEnumerable<CryptoSignal> Positions(JsonElement analysis, CryptoSymbol symbol)
    {
        foreach (var trade in analysis.ValueKind == JsonValueKind.Object && analysis.TryGetProperty("trades", out var trades) ? Rows(trades) : [])
        {
            if (Instant(trade, "entry_time") is { } at && Number(trade, "entry_price") is { } price)
            {
                yield return new CryptoSignal("position", symbol, at, string.Create(CultureInfo.InvariantCulture, $"{Text(trade, "side")} {price}"));
            }
        }
    }

    /// <summary>Change of a ticker over 24 h in percent, or null where it is not told.</summary>
    public static decimal? Change(JsonElement ticker) => Number(ticker, "change_24h");

    private static IEnumerable<JsonElement> Rows(JsonElement rows) => rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray() : [];

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static DateTimeOffset? Instant(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && DateTimeOffset.TryParse(Text(row, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    // Numbers come as numbers here and as text there.
    private static decimal? Number(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && decimal.TryParse(Text(row, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
