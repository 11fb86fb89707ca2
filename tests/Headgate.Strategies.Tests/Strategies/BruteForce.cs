using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>Specification §3 read a second time, slowly and without looking at the product: sets of days, no cleverness.</summary>
internal sealed class BruteForce(MemorySeries market, int daysBefore, int type, decimal x, decimal position)
{
    private readonly List<SpotDay> _a = [.. market.SpotDays];
    private readonly List<string> _trades = [];
    private List<SpotDay> B => _a.FindAll(d => market.Ranges.Exists(r => r.Start <= d.Date && d.Date <= r.End));

    public async Task<List<string>> TradesAsync()
    {
        var isFirst = true;
        foreach (var row in market.Weekly)
        {
            var (p, c) = (row.Previous!.Value, row.Current);
            var monthly = market.Monthly.ConvertAll(m => m.Current);
            if (!monthly.Exists(m => m >= c))
            {
                continue;
            }

            var weekly = B.FindAll(d => p <= d.Date && d.Date <= c);
            if (weekly.Count < 2)
            {
                continue;
            }

            var window = daysBefore == 0 ? weekly : Shifted(p, c, isFirst);
            isFirst = false;
            var f = monthly.FindAll(m => m >= c).Min();
            foreach (var (from, to) in window.Count < 2 ? [] : Pieces(window).SelectMany(Intervals))
            {
                if (market.Ranges.Exists(r => r.Start == from.Date))
                {
                    var after = monthly.FindAll(m => m > from.Date);
                    if (after.Count < 2)
                    {
                        continue;
                    }

                    f = after[1];
                }

                await TradeAsync(from, to, c, f);
            }
        }

        return _trades;
    }

    private List<SpotDay> Shifted(DateOnly p, DateOnly c, bool isFirst)
    {
        var before = _a.FindAll(d => d.Date < p);
        var start = isFirst || before.Count < daysBefore ? p : before[before.Count - daysBefore].Date;
        var window = B.FindAll(d => start <= d.Date && d.Date < c);
        var endsInside = market.Ranges.Exists(r => p < r.End && r.End < c && _a.Count(d => r.End <= d.Date && d.Date <= c) >= 2);
        if (daysBefore == 2 && window.Count >= 2 && !endsInside)
        {
            window.RemoveAt(window.Count - 1);
        }

        return window;
    }

    private IEnumerable<List<SpotDay>> Pieces(List<SpotDay> window)
    {
        var piece = new List<SpotDay>();
        foreach (var day in window)
        {
            if (piece.Count > 0 && !market.Ranges.Exists(r => r.Start <= piece[^1].Date && day.Date <= r.End))
            {
                yield return piece;
                piece = [];
            }

            piece.Add(day);
        }

        yield return piece;
    }

    private IEnumerable<(SpotDay From, SpotDay To)> Intervals(List<SpotDay> days)
    {
        var cuts = new List<SpotDay> { days[0] };
        foreach (var day in days)
        {
            var r = 100m * (day.Close - cuts[^1].Close) / cuts[^1].Close;
            if (day != cuts[^1] && ((type == 1 && r >= x) || (type == 2 && r <= -x) || (type == 3 && Math.Abs(r) >= x)))
            {
                cuts.Add(day);
            }
        }

        cuts.Add(days[^1]);
        for (var i = 1; i < cuts.Count; i++)
        {
            if (cuts[i - 1].Date != cuts[i].Date)
            {
                yield return (cuts[i - 1], cuts[i]);
            }
        }
    }

    private async Task TradeAsync(SpotDay from, SpotDay to, DateOnly c, DateOnly f)
    {
        var k = Math.Floor((from.Close * (1 + (position / 100)) / 100) + 0.5m) * 100;
        var entry = (await market.SheetAsync("NIFTY", from.Date, default))?.Rows;
        var exit = (await market.SheetAsync("NIFTY", to.Date, default))?.Rows;
        if (entry is null || exit is null)
        {
            return;
        }

        var labels = new List<DateOnly> { c, c.AddDays(-1), c.AddDays(1) };
        var calls = entry.Where(r => r.Id.Instrument == InstrumentKind.IndexOption && r.Id.Right == OptionRight.Call && labels.Contains(r.Id.Expiry)
            && r.Turnover > 0 && r.Id.Strike % 100 == 0 && (position >= 0 ? r.Id.Strike >= k : r.Id.Strike <= k));
        var call = (position >= 0 ? calls.OrderBy(r => r.Id.Strike) : calls.OrderByDescending(r => r.Id.Strike)).ThenBy(r => labels.IndexOf(r.Id.Expiry)).FirstOrDefault();
        var callOut = call is null ? null : exit.SingleOrDefault(r => r.Id == call.Id);
        var futureIn = Future(entry, f);
        var futureOut = Future(exit, f);
        if (call is null || callOut is null || futureIn is null || futureOut is null)
        {
            return;
        }

        _trades.Add($"{from.Date:yyyy-MM-dd} {to.Date:yyyy-MM-dd} F{f:yyyy-MM-dd} C{call.Id.Expiry:yyyy-MM-dd} K{call.Id.Strike:0} "
            + $"{call.Close - callOut.Close:0.00} {futureOut.Close - futureIn.Close:0.00} {call.Close - callOut.Close + futureOut.Close - futureIn.Close:0.00}");
    }

    private static ContractDay? Future(IEnumerable<ContractDay> rows, DateOnly f) => rows
        .Where(r => r.Id.Instrument == InstrumentKind.IndexFuture && (r.Id.Expiry.Year, r.Id.Expiry.Month) == (f.Year, f.Month))
        .OrderBy(r => r.Id.Expiry == f ? 0 : 1).ThenBy(r => r.Id.Expiry).FirstOrDefault();
}
