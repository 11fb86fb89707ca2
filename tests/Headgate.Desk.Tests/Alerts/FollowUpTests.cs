using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Alerts.FollowUps;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;
using Headgate.Markets;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Alerts;

public sealed class FollowUpTests : IDisposable
{
    private static readonly DateOnly Friday = new(2026, 11, 20);

    private readonly VirtualTime _time = new(At(9, 0));
    private readonly MemoryRecordStore _records = new(new RecordDisk());
    private readonly PriceMarket _market = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("headgate-followups").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Prices_are_taken_two_and_ten_minutes_after_the_alert_and_after_the_close_all_due_ones_in_one_ask() => Run(async (desk, monitor) =>
    {
        await desk.RaiseAsync(Alert("INFY", "5min", At(10, 5), 100), default);
        await desk.RaiseAsync(Alert("TCS", "5min_rise", At(10, 5), 100), default);
        for (var at = At(10, 6); at <= At(10, 20); at = at.AddMinutes(1))
        {
            _market.Price = 100 + at.Minute;
            await monitor.RunAsync(at, default);
        }

        _market.Asks.Select(ask => ask.NotBefore).ShouldBe([At(10, 7), At(10, 15)]);
        _market.Asks.ShouldAllBe(ask => ask.Names.Count == 2);
        _market.Price = 90;
        await monitor.RunAsync(At(15, 31), default);
        _market.Asks.Count.ShouldBe(3);
        var prices = await new FollowUpStore(_records).ListAsync(At(0, 0), At(23, 0), default);
        prices.Values.ShouldAllBe(price => price == new FollowUp(107, 115, 90) && price.Status == "Complete");
        await monitor.RunAsync(At(15, 45), default);
        _market.Asks.Count.ShouldBe(3, "nothing is missing any more");
    });

    [Fact]
    public void A_price_that_came_too_late_stays_empty_and_what_is_due_after_the_close_is_the_closing_price() => Run(async (desk, monitor) =>
    {
        await desk.RaiseAsync(Alert("INFY", "5min", At(10, 5), 100), default);
        await desk.RaiseAsync(Alert("TCS", "5min", At(15, 25), 100), default);
        _market.Price = 101;
        await monitor.RunAsync(At(10, 12), default);
        _market.Asks.ShouldBeEmpty("the two minutes are long over and the ten not yet");
        await monitor.RunAsync(At(15, 27), default);
        _market.Price = 102;
        await monitor.RunAsync(At(15, 31), default);
        var prices = await new FollowUpStore(_records).ListAsync(At(0, 0), At(23, 0), default);
        prices[Alert("INFY", "5min", At(10, 5), 100).Key].ShouldBe(new FollowUp(null, null, 102));
        prices[Alert("TCS", "5min", At(15, 25), 100).Key].ShouldBe(new FollowUp(101, 102, 102));
    });

    [Fact]
    public void Its_moments_are_the_minutes_of_the_session_and_a_few_after_the_close() => Run((_, monitor) =>
    {
        var moments = monitor.Moments(Friday);
        moments[0].ShouldBe(At(9, 27));
        moments.ShouldContain(At(15, 29));
        moments.Where(moment => moment >= At(15, 30)).ShouldBe([At(15, 31), At(15, 45), At(16, 30)]);
        monitor.Moments(new DateOnly(2026, 11, 24)).ShouldBeEmpty();
        return Task.CompletedTask;
    });

    [Fact]
    public void The_workbook_has_seven_sheets_the_specified_columns_and_what_the_records_hold() => Run(async (desk, monitor) =>
    {
        await desk.RaiseAsync(Alert("INFY", "5min", At(10, 5), 100), default);
        await desk.RaiseAsync(Alert("TCS", "1min-HIGH", At(10, 5), 100), default);
        await desk.RaiseAsync(Alert("SBIN", "atr_breakout", At(10, 30), 521), default);
        _market.Price = 100;
        await monitor.RunAsync(At(10, 7), default);
        _market.Price = 98;
        await monitor.RunAsync(At(10, 15), default);
        _market.Price = 101;
        await monitor.RunAsync(At(15, 31), default);

        var sheets = Read(Path.Combine(_directory, AlertWorkbook.FileName));
        sheets.Keys.ShouldBe(["1min_alerts", "5min_alerts", "10min_alerts", "30min_alerts", "Volume_Spike_alerts", "ATR_Breakout_alerts", "Price_Action_alerts"]);
        sheets["10min_alerts"].Single().Select(cell => cell.Text).ShouldBe(
            "Date,Time,Symbol,Direction,Alert Price,Previous Price,Change %,Change (Rs),Volume,Avg Volume,Volume Multiplier,Market Cap (Cr),Telegram Sent,RSI(9),RSI(14),RSI(21),RSI 9vs14,RSI 9vs21,RSI 14vs21,RSI Recent Cross,RSI Summary,OI Current,OI Change %,OI Pattern,OI Signal,OI Strength,OI Priority,Price 2min,Price 10min,Price EOD,Status,Row ID".Split(','));
        sheets["ATR_Breakout_alerts"][0].Select(cell => cell.Text).ShouldBe(
            "Date,Time,Symbol,Open,Entry Level,Current Price,Breakout Distance,ATR(20),ATR(30),Volatility Filter,Stop Loss,Risk Amount,Risk %,Volume,Market Cap (Cr),Telegram Sent,RSI(9),RSI(14),RSI(21),RSI 9vs14,RSI 9vs21,RSI 14vs21,RSI Recent Cross,RSI Summary,Price 2min,Price 10min,Price EOD,Status,Row ID,Day of Week".Split(','));

        var row = Row(sheets, "5min_alerts");
        (row["Date"].Text, row["Symbol"].Text, row["Direction"].Text, row["Alert Price"].Text).ShouldBe(("2026-11-20", "INFY", "Drop", "100"));
        (row["Telegram Sent"].Text, row["Status"].Text, row["Row ID"].Text).ShouldBe(("Yes", "Complete", "INFY_5min_20261120_100503"));
        row["Change %"].Text.ShouldBe("-1.5");
        (row["Price 2min"].Text, row["Price 10min"].Text, row["Price EOD"].Text).ShouldBe(("100", "98", "101"));
        // A drop that fell 2 % further is dark green, one that rose 1 % medium red.
        (row["Price 10min"].Style, row["Price EOD"].Style).ShouldBe((1u + 3, 1u + 5));
        Row(sheets, "ATR_Breakout_alerts")["Day of Week"].Text.ShouldBe("Friday");
    });

    /// <summary>§7: the original's types 1min-HIGH and 1min-NORMAL matched no sheet, so nothing was written.</summary>
    [Fact]
    public void One_minute_alerts_of_either_priority_have_a_sheet()
    {
        AlertSheets.Of("1min-HIGH").ShouldBe("1min_alerts");
        AlertSheets.Of("1min-NORMAL").ShouldBe("1min_alerts");
        AlertSheets.Of("1min").ShouldBe("1min_alerts");
        AlertSheets.Of("30min_rise").ShouldBe("30min_alerts");
        AlertSheets.Of("volume_spike_rise").ShouldBe("Volume_Spike_alerts");
        AlertSheets.Of("options_entry").ShouldBeNull();
    }

    [Fact]
    public void A_deleted_workbook_comes_back_whole() => Run(async (desk, monitor) =>
    {
        await desk.RaiseAsync(Alert("INFY", "5min", At(10, 5), 100), default);
        await monitor.RunAsync(At(10, 7), default);
        var path = Path.Combine(_directory, AlertWorkbook.FileName);
        File.Delete(path);
        await AlertWorkbook.WriteAsync(_directory, desk.Alerts, new FollowUpStore(_records), At(0, 0), At(23, 0), desk.MainChannel, default);
        Row(Read(path), "5min_alerts")["Price 2min"].Text.ShouldBe("100");
        Directory.GetFiles(_directory).ShouldBe([path]);
    });

    private static DateTimeOffset At(int hour, int minute) => Ist.At(Friday, new TimeOnly(hour, minute));

    private static Alert Alert(string symbol, string type, DateTimeOffset cycle, decimal price) => new("stock", type, symbol, cycle, cycle.AddSeconds(3))
    {
        Html = "x",
        Summary = "x",
        Price = price,
        Row = new AlertRow(AlertSheets.Of(type)!, new Dictionary<string, AlertCell>(StringComparer.Ordinal) { ["Change %"] = -1.5m, ["OI Pattern"] = "bad\u0001character" }),
    };

    private static Dictionary<string, (string Text, uint Style)> Row(Dictionary<string, List<List<(string Text, uint Style)>>> sheets, string sheet) =>
        sheets[sheet][0].Zip(sheets[sheet][1]).ToDictionary(pair => pair.First.Text, pair => pair.Second, StringComparer.Ordinal);

    private static Dictionary<string, List<List<(string Text, uint Style)>>> Read(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(fault => fault.Description).ShouldBeEmpty();
        var workbook = document.WorkbookPart!;
        return workbook.Workbook.Descendants<Sheet>().ToDictionary(
            sheet => sheet.Name!.Value!,
            sheet => ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => (cell.InnerText, cell.StyleIndex?.Value ?? 0)).ToList()).ToList(),
            StringComparer.Ordinal);
    }

    private void Run(Func<AlertDesk, FollowUpMonitor, Task> test) => _time.Run(async () =>
    {
        await using var desk = new AlertDesk(_records, [new ConsoleChannel(TextWriter.Null)], _time);
        await desk.StartAsync(default);
        await test(desk, new FollowUpMonitor(desk, _records, _market, new SessionRules(MarketCalendars.Shipped), new FollowUpOptions { Directory = _directory }));
    });

    private sealed class PriceMarket : IKiteMarket
    {
        public decimal Price { get; set; } = 100;

        public List<(IReadOnlyList<string> Names, DateTimeOffset NotBefore)> Asks { get; } = [];

        public ValueTask<QuoteSet> QuotesAsync(IReadOnlyList<string> names, DateTimeOffset notBefore, string client, CancellationToken cancellation)
        {
            Asks.Add((names, notBefore));
            return new(new QuoteSet(names.ToDictionary(name => name, _ => new KiteQuote(Price, 0, 0, 0, 0, 0, 0, 0, 0), StringComparer.Ordinal), []));
        }

        public ValueTask<IReadOnlyList<KiteBar>?> BarsAsync(long token, string interval, DateOnly from, DateOnly to, DateTimeOffset notBefore, string client, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<KiteContract>?> InstrumentsAsync(string exchange, DateTimeOffset notBefore, string client, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
