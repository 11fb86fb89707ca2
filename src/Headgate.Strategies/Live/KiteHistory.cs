using System.Globalization;
using System.Text.Json;
using Headgate.Strategies.Store;

namespace Headgate.Strategies.Live;

/// <summary>Daily closes from Kite Connect (docs: historical candle data; read 2026-11-20).</summary>
/// <param name="from">First day asked for.</param>
internal sealed class KiteHistory(GateReader gate, DateOnly from)
{
    // A call may span 2,000 days. Spans that begin and end with fixed years are asked for in the same words each day, so that the gate keeps
    // their answers for good.
    private const int YearsPerCall = 5;

    private const int CloseAt = 4;

    /// <returns>The closes up to <paramref name="last"/>, ascending; null when the provider lists no such symbol.</returns>
    public async ValueTask<IReadOnlyList<SpotDay>?> ClosesAsync(string symbol, DateOnly last, CancellationToken cancellation)
    {
        var dump = await gate.GetAsync("/instruments/NSE", cancellation);
        if (KiteInstruments.TokenOf(dump.Span, KiteInstruments.Listing(symbol)) is not { } token)
        {
            return null;
        }

        var days = new List<SpotDay>();
        for (var start = from; start <= last;)
        {
            var end = Min(new DateOnly(start.Year - (start.Year % YearsPerCall) + YearsPerCall - 1, 12, 31), last);
            Append(days, await gate.GetAsync(Target(token, start, end), cancellation), end);
            start = end.AddDays(1);
        }

        return days;
    }

    private static string Target(uint token, DateOnly from, DateOnly to) =>
        string.Create(CultureInfo.InvariantCulture, $"/instruments/historical/{token}/day?from={Iso.Text(from)}+00:00:00&to={Iso.Text(to)}+23:59:59");

    // A candle: time, open, high, low, close, volume. The time begins with the Indian date: "2017-12-15T00:00:00+0530".
    private static void Append(List<SpotDay> days, ReadOnlyMemory<byte> answer, DateOnly end)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            foreach (var candle in document.RootElement.GetProperty("data").GetProperty("candles").EnumerateArray())
            {
                var day = Iso.Date(candle[0].GetString()![..10]);
                var close = candle[CloseAt].GetDecimal();
                if (close <= 0 || (days.Count > 0 && day <= days[^1].Date))
                {
                    throw new InvalidDataException($"{GateReader.Provider}: the daily candles are not ascending positive prices at {Iso.Text(day)}");
                }

                if (day <= end)
                {
                    days.Add(new SpotDay(day, close));
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{GateReader.Provider}: the daily candles cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static DateOnly Min(DateOnly a, DateOnly b) => a < b ? a : b;
}
