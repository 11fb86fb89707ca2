using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Desk.Doors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Desk.Monitors.Market;

/// <summary>Kite Connect v3 (kite.trade/docs/connect/v3, read 2026-11-20) through the desk's door.</summary>
/// <remarks>Thread-safe. Every value is checked before it is believed: a price must be above zero, volumes and open interest at least zero.</remarks>
/// <param name="door">Where asks go.</param>
/// <param name="options">Null for the defaults.</param>
/// <param name="log">Told why bars and instruments could not be had; null tells nobody.</param>
public sealed class KiteMarket(IDeskDoor door, KiteMarketOptions? options = null, ILogger? log = null) : IKiteMarket
{
    private readonly KiteMarketOptions _options = options ?? new KiteMarketOptions();
    private readonly ILogger _log = log ?? NullLogger.Instance;

    public async ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var quotes = new Dictionary<string, KiteQuote>(names.Count, StringComparer.Ordinal);
        var problems = new List<string>();
        var asks = Batches(names)
            .Select(target => door.AskAsync(
                new DeskAsk(_options.Provider, target) { Client = client, Urgency = _options.QuoteUrgency, NotBefore = notBefore, Deadline = _options.QuoteDeadline },
                cancellation).AsTask())
            .ToList();
        var set = new QuoteSet(quotes, problems) { Asks = asks.Count };
        foreach (var ask in asks)
        {
            var answer = await ask;
            set = set with { Hits = set.Hits + (answer.IsHit ? 1 : 0) };
            if (Take(answer, quotes, problems))
            {
                set = set with { Age = answer.Age > set.Age ? answer.Age : set.Age, IsStale = set.IsStale || answer.IsStale };
            }
        }

        return set;
    }

    public async ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        // From midnight: a time of day in "from" cuts the first day. To the last second: bars of the last day belong to it.
        var target = string.Create(
            CultureInfo.InvariantCulture, $"/instruments/historical/{token}/{Uri.EscapeDataString(interval)}?from={from:yyyy-MM-dd}+00:00:00&to={to:yyyy-MM-dd}+23:59:59");
        var answer = await door.AskAsync(
            new DeskAsk(_options.Provider, target) { Client = client, Urgency = _options.HistoryUrgency, NotBefore = notBefore, Deadline = _options.HistoryDeadline }, cancellation);
        return Read(answer, target, static body => KiteJson.Bars(body));
    }

    public async ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation)
    {
        var target = $"/instruments/{Uri.EscapeDataString(exchange)}";
        var answer = await door.AskAsync(
            new DeskAsk(_options.Provider, target) { Client = client, Urgency = _options.HistoryUrgency, NotBefore = notBefore, Deadline = _options.HistoryDeadline }, cancellation);
        return Read(answer, target, static body => KiteCsv.Contracts(body));
    }

    private static bool Take(DeskAnswer answer, Dictionary<string, KiteQuote> quotes, List<string> problems)
    {
        if (!answer.IsData)
        {
            problems.Add(Why(answer));
            return false;
        }

        try
        {
            foreach (var (name, quote, fault) in KiteJson.Quotes(answer.Body))
            {
                if (quote is not null)
                {
                    quotes[name] = quote;
                }
                else
                {
                    problems.Add($"{name}: {fault}");
                }
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            problems.Add($"the answer cannot be read: {error.Message}");
            return false;
        }
    }

    private static string Why(DeskAnswer answer) => answer.Refusal?.Detail ?? string.Create(CultureInfo.InvariantCulture, $"the upstream answered {answer.Status}");

    // As few asks as the endpoint takes; a name asked twice is asked once.
    private IEnumerable<string> Batches(IReadOnlyList<string> names)
    {
        var target = new StringBuilder();
        var count = 0;
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var escaped = Uri.EscapeDataString(name);
            if (count > 0 && (count == _options.BatchMax || target.Length + escaped.Length + 3 > _options.TargetCharsMax))
            {
                yield return target.ToString();
                target.Clear();
                count = 0;
            }

            target.Append(count++ == 0 ? "/quote?i=" : "&i=").Append(escaped);
        }

        if (count > 0)
        {
            yield return target.ToString();
        }
    }

    private IReadOnlyList<T>? Read<T>(DeskAnswer answer, string target, Func<ReadOnlyMemory<byte>, IReadOnlyList<T>> read)
    {
        if (!answer.IsData)
        {
            MonitorLog.CannotBeHad(_log, target, Why(answer));
            return null;
        }

        try
        {
            return read(answer.Body);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            MonitorLog.CannotBeHad(_log, target, error.Message);
            return null;
        }
    }
}
