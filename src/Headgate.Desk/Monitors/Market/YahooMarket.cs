using System.Text.Json;
using Headgate.Desk.Doors;

namespace Headgate.Desk.Monitors.Market;

/// <summary>Prices alone, from Yahoo Finance's spark route through the gate (unofficial; catalogue/yahoo.yaml names the sources). Volume and open interest are 0.</summary>
/// <remarks>
/// Twenty symbols an ask instead of one. Retries and pacing are the gate's. Indian shares carry <c>.NS</c>; futures have no quote here, histories and instruments
/// neither.
/// </remarks>
/// <param name="door">Where asks go.</param>
/// <param name="provider">Catalogue name. Default <c>yahoo</c>.</param>
public sealed class YahooMarket(IDeskDoor door, string provider = "yahoo") : IKiteMarket
{
    private const int BatchMax = 20;
    private const string Prefix = "NSE:";
    private const string Suffix = ".NS";

    public async ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var quotes = new Dictionary<string, KiteQuote>(StringComparer.Ordinal);
        List<string> problems = [];
        var asks = names
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Chunk(BatchMax)
            .Select(batch => door.AskAsync(
                new DeskAsk(provider, $"/v8/finance/spark?symbols={string.Join(',', batch.Select(static name => Uri.EscapeDataString(name[Prefix.Length..] + Suffix)))}&interval=1m&range=1d")
                {
                    Client = client, NotBefore = notBefore, Deadline = TimeSpan.FromSeconds(55),
                },
                cancellation).AsTask())
            .ToList();
        var set = new QuoteSet(quotes, problems) { Asks = asks.Count };
        foreach (var ask in asks)
        {
            var answer = await ask;
            set = set with { Hits = set.Hits + (answer.IsHit ? 1 : 0), Age = answer.Age > set.Age ? answer.Age : set.Age, IsStale = set.IsStale || answer.IsStale };
            Take(answer, quotes, problems);
        }

        return set;
    }

    public ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation) => default;

    public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation) => default;

    private static void Take(DeskAnswer answer, Dictionary<string, KiteQuote> quotes, List<string> problems)
    {
        if (!answer.IsData)
        {
            problems.Add(answer.Refusal?.Detail ?? FormattableString.Invariant($"the upstream answered {answer.Status}"));
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            foreach (var symbol in document.RootElement.EnumerateObject().Where(static symbol => symbol.Name.EndsWith(Suffix, StringComparison.Ordinal)))
            {
                var name = Prefix + symbol.Name[..^Suffix.Length];
                if (LastOf(symbol.Value) is { } last)
                {
                    quotes[name] = new KiteQuote(last, 0, 0, 0, 0, 0, 0, 0, 0);
                }
                else
                {
                    problems.Add($"{name}: it has no price above zero");
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problems.Add($"the answer cannot be read: {error.Message}");
        }
    }

    // Minutes without a trade are null.
    private static decimal? LastOf(JsonElement symbol)
    {
        if (symbol.ValueKind != JsonValueKind.Object || !symbol.TryGetProperty("close", out var closes) || closes.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        for (var i = closes.GetArrayLength() - 1; i >= 0; i--)
        {
            if (closes[i].ValueKind == JsonValueKind.Number)
            {
                return closes[i].TryGetDecimal(out var last) && last > 0 ? last : null;
            }
        }

        return null;
    }
}
