using Headgate.Strategies.CallSell;
using Headgate.Strategies.Runs;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Xunit.Abstractions;

namespace Headgate.Strategies.Tests.Strategies;

/// <summary>What holds on every market; a failing seed replays exactly.</summary>
public sealed class PropertyTests(ITestOutputHelper output)
{
    private const int Seeds = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Trades_equal_a_brute_force_reading_of_the_specification(int daysBefore)
    {
        var trades = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var market = RandomMarket.Create(seed);
            var type = seed % 4;
            var x = 0.5m + (seed % 3);
            var position = seed % 5 - 2m;

            var result = await Strategy(daysBefore).RunAsync(market, new { spot_adjustment_type = type, spot_adjustment = x, call_sell_position = position });

            var ours = Rows(result);
            ours.ShouldBe(await new BruteForce(market, daysBefore, type, x, position).TradesAsync(), $"seed {seed}");
            trades += ours.Count;
        }

        output.WriteLine($"{trades} trades compared");
        trades.ShouldBeGreaterThan(1000 / (daysBefore + 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_trade_spans_a_gap_and_profits_add_up(int daysBefore)
    {
        for (var seed = 100; seed < 100 + Seeds; seed++)
        {
            var market = RandomMarket.Create(seed);

            var result = await Strategy(daysBefore).RunAsync(market, new { spot_adjustment_type = 3, spot_adjustment = 1 });

            var entries = result.Column<string>("Entry Date").ConvertAll(DateOnly.Parse);
            var exits = result.Column<string>("Exit Date").ConvertAll(DateOnly.Parse);
            for (var i = 0; i < entries.Count; i++)
            {
                entries[i].ShouldBeLessThan(exits[i], $"seed {seed}");
                // Overlapping ranges are one: each step from trading day to trading day must stay inside a range.
                var held = market.SpotDays.Select(d => d.Date).Where(d => d >= entries[i] && d <= exits[i]).ToList();
                held.Zip(held.Skip(1)).ShouldAllBe(step => market.Ranges.Exists(r => r.Contains(step.First) && r.Contains(step.Second)), $"seed {seed}: {entries[i]} to {exits[i]}");
            }

            var call = result.Column<decimal>("Call P&L");
            var future = result.Column<decimal>("Future P&L");
            result.Column<decimal>("Net P&L").ShouldBe(call.Zip(future, (c, f) => c + f));
            call.ShouldBe(result.Column<decimal>("Call EntryPrice").Zip(result.Column<decimal>("Call ExitPrice"), (a, b) => a - b));
            future.ShouldBe(result.Column<decimal>("Future ExitPrice").Zip(result.Column<decimal>("Future EntryPrice"), (a, b) => a - b));
        }
    }

    [Fact]
    public async Task Results_do_not_depend_on_the_order_or_the_splitting_of_imports()
    {
        for (var seed = 200; seed < 202; seed++)
        {
            var market = RandomMarket.Create(seed);
            var lines = await LinesAsync(market);
            var tables = new List<string>();
            foreach (var split in (int[])[1, 4, 9])
            {
                using var folder = new TempFolder();
                using var store = BhavcopyStore.Open(folder.File("bhavcopy.db"));
                var importer = new Importer(store, TimeProvider.System);
                var random = new Random(seed + split);
                var shuffled = lines.OrderBy(_ => random.Next()).ToList();
                foreach (var (part, i) in shuffled.Chunk((lines.Count / split) + 1).Select((p, i) => (p, i)))
                {
                    importer.Bhavcopy(folder.Write($"part{i}.csv", Header + string.Concat(part)), ImportOptions.Default).Files.Single().Error.ShouldBeNull();
                }

                importer.Spot(folder.Write("NIFTY.csv", "Date,Close\n" + string.Concat(market.SpotDays.Select(s => $"{s.Date:yyyy-MM-dd},{s.Close}\n"))), ImportOptions.Default);
                importer.Ranges(folder.Write("base2.csv", "Start,End\n" + string.Concat(market.Ranges.Select(r => $"{r.Start:dd-MM-yyyy},{r.End:dd-MM-yyyy}\n"))), ImportOptions.Default);
                var result = await CallSellFutureBuy.Weekly().RunAsync(store);
                result.Table.Rows.Count.ShouldBeGreaterThan(5);
                tables.Add(ResultJson.Data(result.Table));
            }

            tables.Distinct().Count().ShouldBe(1, $"seed {seed}");
        }
    }

    private const string Header = "INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP,\n";

    private static async Task<List<string>> LinesAsync(MemorySeries market)
    {
        var lines = new List<string>();
        foreach (var day in market.SpotDays)
        {
            if (await market.SheetAsync("NIFTY", day.Date, default) is { } sheet)
            {
                lines.AddRange(sheet.Rows.Select(r =>
                    $"{(r.Id.Right == OptionRight.None ? "FUTIDX" : "OPTIDX")},NIFTY,{r.Id.Expiry:dd-MMM-yyyy},{r.Id.Strike},{(r.Id.Right == OptionRight.None ? "XX" : "CE")},"
                    + $"{r.Open},{r.High},{r.Low},{r.Close},{r.Settle},{r.Contracts},{r.Turnover},{r.OpenInterest},0,{day.Date.ToString("dd-MMM-yyyy").ToUpperInvariant()},\n"));
            }
        }

        return lines;
    }

    private static CallSellFutureBuy Strategy(int daysBefore) => daysBefore switch
    {
        0 => CallSellFutureBuy.Weekly(),
        1 => CallSellFutureBuy.T1(),
        _ => CallSellFutureBuy.T2(),
    };

    private static List<string> Rows(StrategyResult result)
    {
        var at = result.Table.Columns.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);
        return [.. result.Table.Rows.Select(r =>
            $"{r[at["Entry Date"]]} {r[at["Exit Date"]]} F{r[at["Future Expiry"]]} C{r[at["Call Expiry"]]} K{r[at["Call Strike"]]:0} "
            + $"{r[at["Call P&L"]]:0.00} {r[at["Future P&L"]]:0.00} {r[at["Net P&L"]]:0.00}")];
    }
}
