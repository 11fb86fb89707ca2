using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Headgate.Strategies.CallSell;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Headgate.Testing;
using Xunit.Abstractions;

namespace Headgate.Strategies.Tests.Store;

/// <summary>The exchange's own files: import and the published reference trades.</summary>
public sealed class SharedMarketTests(ITestOutputHelper output)
{
    [SharedFact]
    public async Task Forty_days_import_and_the_last_reference_trades_come_out_to_the_cent()
    {
        using var folder = new TempFolder();
        using var store = BhavcopyStore.Open(folder.File("bhavcopy.db"));
        var importer = new Importer(store, TimeProvider.System);
        var watch = Stopwatch.StartNew();

        var report = importer.Bhavcopy(SharedFiles.Path("data", "nse_fo_udiff"), ImportOptions.Default);

        output.WriteLine($"import: {report.Imported} files, {report.Rows} rows in {watch.Elapsed.TotalSeconds:0.00} s, {new FileInfo(store.FilePath).Length / 1e6:0.0} MB");
        report.Files.ShouldAllBe(f => f.Outcome == FileOutcome.Imported);
        (report.Imported, report.Rows, report.BadRows).ShouldBe((40, 199_671, 0));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        importer.Bhavcopy(SharedFiles.Path("data", "nse_fo_udiff"), ImportOptions.Default).AlreadyImported.ShouldBe(40);

        importer.Spot(SpotFile(folder), ImportOptions.Default).Succeeded.ShouldBeTrue();
        watch.Restart();
        var result = await CallSellFutureBuy.Weekly().RunAsync(store, new { call_sell_position = 1.0 });
        output.WriteLine($"weekly run: {watch.Elapsed.TotalMilliseconds:0} ms");
        watch.Restart();
        store.Sheets("NIFTY", DateOnly.MinValue, DateOnly.MaxValue).Count().ShouldBe(40);
        output.WriteLine($"40 NIFTY sheets: {watch.Elapsed.TotalMilliseconds:0.0} ms");

        var expected = Reference().Where(r => r[0].StartsWith("2026", StringComparison.Ordinal)).ToList();
        expected.Count.ShouldBe(3);
        result.Table.Rows.Count.ShouldBe(3);
        foreach (var (ours, theirs) in result.Table.Rows.Zip(expected))
        {
            ours.Zip(theirs).ShouldAllBe(p => Same(p.First, p.Second));
        }
    }

    [SharedFact]
    public void Every_stored_row_equals_the_file_it_came_from()
    {
        using var folder = new TempFolder();
        using var store = BhavcopyStore.Open(folder.File("bhavcopy.db"));
        var file = SharedFiles.Path("data", "nse_fo_udiff", "BhavCopy_NSE_FO_0_0_0_20260106_F_0000.csv.gz");
        new Importer(store, TimeProvider.System).Bhavcopy(file, ImportOptions.Default).Succeeded.ShouldBeTrue();
        var day = new DateOnly(2026, 1, 6);
        var sheets = store.Symbols().ToDictionary(s => s, s => store.Sheets(s, day, day).Single(), StringComparer.Ordinal);

        var rows = ReadGzip(file).ToList();

        foreach (var r in rows)
        {
            var instrument = r[4] switch { "IDO" => InstrumentKind.IndexOption, "IDF" => InstrumentKind.IndexFuture, _ => InstrumentKind.StockFuture };
            var right = r[12] switch { "CE" => OptionRight.Call, "PE" => OptionRight.Put, _ => OptionRight.None };
            var id = new ContractId(instrument, right, DateOnly.Parse(r[9], CultureInfo.InvariantCulture), r[11].Length == 0 ? 0 : decimal.Parse(r[11], CultureInfo.InvariantCulture));
            var row = sheets[r[7]].Find(id).ShouldNotBeNull();
            new[] { row.Open, row.High, row.Low, row.Close, row.Settle, row.OpenInterest, row.Contracts, row.Turnover }
                .ShouldBe(new[] { 14, 15, 16, 17, 21, 22, 24, 25 }.Select(i => decimal.Parse(r[i], CultureInfo.InvariantCulture)));
        }

        sheets.Values.Sum(s => s.Rows.Count).ShouldBe(rows.Count);
    }

    [SharedFact]
    public async Task Every_reference_trade_has_the_future_leg_and_the_strike_this_engine_computes()
    {
        // Spot, futures and monthly expiries are the exchange's; option rows and the weekly calendar are those of the reference table, since
        // no option file of those years exists here. What is checked: windows, gaps, F, futures prices, K.
        var market = ReferenceMarket(out var reference);

        var result = await CallSellFutureBuy.Weekly().RunAsync(market, new { call_sell_position = 1 });

        var ours = result.Table.Rows.ToDictionary(r => (string)r[0]!, StringComparer.Ordinal);
        var checkedLegs = 0;
        foreach (var theirs in reference)
        {
            if (!ours.TryGetValue(theirs[0], out var row))
            {
                result.Skipped.ShouldContain(s => s.From.ToString("yyyy-MM-dd") == theirs[0], theirs[0]);
                output.WriteLine($"not checkable: {theirs[0]}: {result.Skipped.First(s => s.From.ToString("yyyy-MM-dd") == theirs[0]).Reason}");
                continue;
            }

            foreach (var i in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 9])
            {
                Same(row[i], theirs[i]).ShouldBeTrue($"{theirs[0]} {result.Table.Columns[i]}: {row[i]} ≠ {theirs[i]}");
            }

            checkedLegs++;
        }

        output.WriteLine($"{checkedLegs} of {reference.Count} future legs checked");
        checkedLegs.ShouldBeGreaterThanOrEqualTo(240);
    }

    private static MemorySeries ReferenceMarket(out List<string[]> reference)
    {
        reference = Reference();
        var market = new MemorySeries();
        foreach (var r in ReadGzip(SharedFiles.Path("data", "nse_index", "index_spot_futures_volatility_daily.csv.gz")).Where(r => r[1] == "NIFTY"))
        {
            market.Spot(Date(r[0]), Number(r[2]));
            market.Option(Date(r[0]), OptionRight.Put, Date(r[0]), 1, 1); // so that every day has a sheet
        }

        var monthly = new Dictionary<DateOnly, DateOnly>();
        foreach (var r in ReadGzip(SharedFiles.Path("data", "nse_index", "index_futures_close_daily.csv.gz")).Where(r => r[1] == "NIFTY"))
        {
            var expiry = r[2].Length == 10 ? Date(r[2]) : DateOnly.ParseExact(r[2], "dd-MMM-yyyy", CultureInfo.InvariantCulture);
            market.Future(Date(r[0]), expiry, Number(r[3]));
            monthly[expiry] = Date(r[0]);
        }

        market.Monthly.AddRange(ExpiryCalendar.Derive(monthly.Select(m => new SeenExpiry(m.Key, m.Value))));
        market.Ranges.AddRange(File.ReadLines(SharedFiles.Path("data", "nse_reference", "date_filter_base2.csv")).Skip(1)
            .Select(l => l.Split(',')).Select(f => new DateRange(DayFirst(f[0]), DayFirst(f[1]))));
        DateOnly? previous = null;
        foreach (var r in reference)
        {
            var expiry = Date(r[8]);
            market.Spot(Date(r[0]), Number(r[2]));
            market.Spot(Date(r[1]), Number(r[3]));
            market.Option(Date(r[0]), OptionRight.Call, expiry, Number(r[9]), Number(r[10]), Number(r[11]));
            market.Option(Date(r[1]), OptionRight.Call, expiry, Number(r[9]), Number(r[12]), Number(r[13]));
            // Decoys on both sides: a wrong K would take one of them.
            market.Option(Date(r[0]), OptionRight.Call, expiry, Number(r[9]) + 100, 1, 1);
            market.Option(Date(r[0]), OptionRight.Call, expiry, Number(r[9]) - 100, 1, 1);
            market.Weekly.Add(new ExpiryRow(previous == Date(r[0]) ? previous : Date(r[0]), expiry, null));
            previous = expiry;
        }

        return market;
    }

    private static string SpotFile(TempFolder folder) => folder.Write("Nifty_strike_data.csv", "Ticker,Date,Close\n" + string.Concat(
        ReadGzip(SharedFiles.Path("data", "nse_index", "index_spot_futures_volatility_daily.csv.gz")).Select(r => $"{r[1]},{r[0]},{r[2]}\n")));

    private static List<string[]> Reference() =>
        [.. File.ReadLines(SharedFiles.Path("data", "nse_reference", "ce_1pct_otm_sell_future_buy_weekly_expiry_to_expiry.csv")).Skip(1).Select(l => l.Split(','))];

    private static IEnumerable<string[]> ReadGzip(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }

    private static bool Same(object? ours, string theirs) => ours is decimal number ? number == Number(theirs) : (string)ours! == theirs;

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly DayFirst(string text) => DateOnly.ParseExact(text, "dd-MM-yyyy", CultureInfo.InvariantCulture);
}
