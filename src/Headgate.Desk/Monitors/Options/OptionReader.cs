using System.Collections.Concurrent;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Desk.Monitors.Universe;

namespace Headgate.Desk.Monitors.Options;

/// <summary>Asks for what an analysis needs: indices and futures in one ask, the options of all expiries in a second, and six stretches of bars.</summary>
/// <remarks>
/// Daily bars are asked for up to the last completed session: today's is in the quote. The widest stretch of a series goes first, so the others are part of what it
/// brought, and bars once closed are asked for once. Not thread-safe; the monitor runs one cycle at a time.
/// </remarks>
internal sealed class OptionReader(IKiteMarket market, InstrumentBook instruments, SessionRules rules, OptionsSettings settings, string client)
{
    private static readonly TimeSpan Bar = TimeSpan.FromMinutes(15);

    private OptionBook? _book;
    private DateOnly _bookOf;

    /// <summary>The inputs, or why there are none.</summary>
    /// <param name="cycle">Scheduled start; prices are not older.</param>
    /// <param name="held">Options of layers that are held, to be quoted along.</param>
    /// <param name="cancellation">Leaves.</param>
    public async ValueTask<(OptionInputs? Inputs, string? Error)> ReadAsync(DateTimeOffset cycle, IReadOnlyList<string> held, CancellationToken cancellation)
    {
        var day = Ist.DayOf(cycle);
        var problems = new ConcurrentQueue<string>();
        if (await BookAsync(cycle, day, cancellation) is not { } book)
        {
            return (null, "the instrument list could not be had");
        }

        // Bars do not depend on quotes, so they are on their way while those are asked for.
        var bars = BarsAsync(cycle, day, problems, cancellation);
        var (inputs, error) = await PricesAsync(cycle, day, book, held, problems, cancellation);
        var read = await bars;
        return inputs is null
            ? (null, error)
            : (inputs with
            {
                VixYear = read.VixYear,
                VixRecent = read.VixRecent,
                Season = read.Season,
                Daily = read.Daily,
                Pivot = read.Pivot.Count > 0 ? read.Pivot : read.Daily,
                Intraday = read.Intraday,
                Problems = [.. problems],
            }, null);
    }

    private async ValueTask<OptionBook?> BookAsync(DateTimeOffset cycle, DateOnly day, CancellationToken cancellation)
    {
        if (_book is not null && _bookOf == day)
        {
            return _book;
        }

        if (await instruments.ContractsAsync("NFO", cycle, client, cancellation) is { } list)
        {
            (_book, _bookOf) = (new OptionBook(list, settings.Underlying), day);
        }

        // Yesterday's list still has today's contracts, bar those that are new.
        return _book;
    }

    private async Task<(OptionInputs? Inputs, string? Error)> PricesAsync(
        DateTimeOffset cycle, DateOnly day, OptionBook book, IReadOnlyList<string> held, ConcurrentQueue<string> problems, CancellationToken cancellation)
    {
        var futures = book.Futures(day, settings.Futures).Select(static future => $"{future.Exchange}:{future.Symbol}").ToList();
        var first = await market.QuotesAsync([settings.SpotName, settings.VixName, .. futures], cycle, client, cancellation);
        Note(problems, first.Problems);
        if (first.IsStale || !first.Quotes.TryGetValue(settings.SpotName, out var spot) || !first.Quotes.TryGetValue(settings.VixName, out var vix))
        {
            return (null, first.IsStale ? "prices are older than this cycle" : $"there is no price of {settings.SpotName} or {settings.VixName}");
        }

        var atTheMoney = Math.Round(spot.Last / settings.StrikeStep) * settings.StrikeStep;
        var legs = book.Expiries(day, settings.ExpiryDaysMin, settings.Expiries)
            .SelectMany(expiry => OptionLegs.Around(book, expiry, atTheMoney, settings.StrangleWidth)).ToList();
        if (legs.Count == 0)
        {
            return (null, $"no expiry at least {settings.ExpiryDaysMin} days away lists strikes around {atTheMoney:0.##}");
        }

        var names = legs.SelectMany(static leg => new[] { leg.CallName, leg.PutName }).Concat(held).Distinct(StringComparer.Ordinal).ToList();
        var second = await market.QuotesAsync(names, cycle, client, cancellation);
        Note(problems, second.Problems);
        return (new OptionInputs(cycle, day, spot, vix)
        {
            AtTheMoney = atTheMoney,
            Future = futures.Where(first.Quotes.ContainsKey).Select(name => ((string Name, KiteQuote Quote)?)(name, first.Quotes[name])).FirstOrDefault(static future => future!.Value.Quote.Oi > 0),
            Legs = legs,
            Options = second.IsStale ? new Dictionary<string, KiteQuote>(StringComparer.Ordinal) : second.Quotes,
        }, null);
    }

    private async Task<SixStretches> BarsAsync(DateTimeOffset cycle, DateOnly day, ConcurrentQueue<string> problems, CancellationToken cancellation)
    {
        var last = rules.PreviousTradingDay(day) ?? day.AddDays(-1);
        var vix = VixAsync(cycle, day, last, problems, cancellation);
        var index = IndexAsync(cycle, day, last, problems, cancellation);
        var running = new DateTimeOffset(cycle.UtcTicks - (cycle.UtcTicks % Bar.Ticks), TimeSpan.Zero);
        var intraday = await ReadAsync(settings.SpotToken, "15minute", day.AddDays(-settings.IntradayDays), day, running, problems, cancellation);
        var (year, recent) = await vix;
        var (season, daily, pivot) = await index;
        return new SixStretches(year, recent, season, daily, pivot, intraday);
    }

    private async Task<(IReadOnlyList<KiteBar> Year, IReadOnlyList<KiteBar> Recent)> VixAsync(
        DateTimeOffset cycle, DateOnly day, DateOnly last, ConcurrentQueue<string> problems, CancellationToken cancellation)
    {
        var year = await ReadAsync(settings.VixToken, "day", day.AddDays(-settings.VixRankDays), last, cycle, problems, cancellation);
        return (year, await ReadAsync(settings.VixToken, "day", day.AddDays(-settings.VixTrendDays), last, cycle, problems, cancellation));
    }

    private async Task<(IReadOnlyList<KiteBar> Season, IReadOnlyList<KiteBar> Daily, IReadOnlyList<KiteBar> Pivot)> IndexAsync(
        DateTimeOffset cycle, DateOnly day, DateOnly last, ConcurrentQueue<string> problems, CancellationToken cancellation)
    {
        var season = await ReadAsync(settings.SpotToken, "day", day.AddDays(-settings.RegimeDays), last, cycle, problems, cancellation);
        var daily = await ReadAsync(settings.SpotToken, "day", day.AddDays(-settings.DailyDays), last, cycle, problems, cancellation);
        var pivot = await ReadAsync(settings.SpotToken, "day", day.AddDays(-settings.PivotDays), last, cycle, problems, cancellation);
        return (season, daily, pivot);
    }

    private async ValueTask<IReadOnlyList<KiteBar>> ReadAsync(
        long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, ConcurrentQueue<string> problems, CancellationToken cancellation)
    {
        if (from > to)
        {
            return [];
        }

        if (await market.BarsAsync(token, interval, from, to, notBefore, client, cancellation) is { } bars)
        {
            return bars;
        }

        problems.Enqueue($"bars of {token} by {interval} from {from:yyyy-MM-dd} could not be had");
        return [];
    }

    private static void Note(ConcurrentQueue<string> problems, IReadOnlyList<string> more)
    {
        foreach (var problem in more)
        {
            problems.Enqueue(problem);
        }
    }

    private sealed record SixStretches(
        IReadOnlyList<KiteBar> VixYear,
        IReadOnlyList<KiteBar> VixRecent,
        IReadOnlyList<KiteBar> Season,
        IReadOnlyList<KiteBar> Daily,
        IReadOnlyList<KiteBar> Pivot,
        IReadOnlyList<KiteBar> Intraday);
}
