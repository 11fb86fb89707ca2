using System.IO.Compression;
using System.Text;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;

namespace Headgate.Strategies.Tests.Store;

/// <summary>Imports of every kind, and of what is broken.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Older = "INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP,\n";
    private const string Row1 = "OPTIDX,NIFTY,27-Feb-2020,12100,CE,10.5,11,9.05,10,10.05,1200,10885.62,75000,-75,03-FEB-2020,\n";
    private const string Row2 = "FUTIDX,NIFTY,27-Feb-2020,0,XX,11700,11750,11600,11699.95,11699.95,300,2634.5,12000,0,03-FEB-2020,\n";

    private readonly TempFolder _folder = new();
    private readonly BhavcopyStore _store;
    private readonly Importer _importer;

    public ImportTests()
    {
        _store = BhavcopyStore.Open(_folder.File("bhavcopy.db"));
        _importer = new Importer(_store, TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_older_layout_is_read_with_its_values()
    {
        Import("fo.csv", Older + Row1 + Row2).Succeeded.ShouldBeTrue();

        var sheet = _store.Sheets("NIFTY", new DateOnly(2020, 2, 3), new DateOnly(2020, 2, 3)).Single();
        sheet.Find(new ContractId(InstrumentKind.IndexOption, OptionRight.Call, new DateOnly(2020, 2, 27), 12100)).ShouldBe(new ContractDay(
            new ContractId(InstrumentKind.IndexOption, OptionRight.Call, new DateOnly(2020, 2, 27), 12100), 10.5m, 11, 9.05m, 10, 10.05m, 1200, 10885.62m, 75000));
        sheet.FutureOfMonth(new DateOnly(2020, 2, 1))!.Close.ShouldBe(11699.95m);
    }

    [Theory]
    [InlineData("2020-02-03", "2020-02-27")]
    [InlineData("03-02-2020", "27-02-2020")]
    public void The_cleaned_layout_is_read_in_both_date_formats(string date, string expiry)
    {
        Import("2020-02-03.csv", "Date,ExpiryDate,Instrument,Symbol,StrikePrice,OptionType,Open,High,Low,Close,SettledPrice,Contracts,TurnOver,OpenInterest\n"
            + $"{date},{expiry},OPTIDX,NIFTY,12100.0,CE,10.5,11.0,9.05,10.0,10.05,1200.0,10885.62,75000.0\n").Succeeded.ShouldBeTrue();

        _store.Days("NIFTY").ShouldBe([new DateOnly(2020, 2, 3)]);
    }

    [Fact]
    public void Zip_gzip_and_plain_files_hold_the_same()
    {
        Import("a.csv", Older + Row1);
        using (var zip = ZipFile.Open(_folder.File("b.zip"), ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("fo03FEB2020bhav.csv").Open());
            writer.Write(Older + Row2);
        }

        using (var gzip = new StreamWriter(new GZipStream(File.Create(_folder.File("c.csv.gz")), CompressionMode.Compress)))
        {
            gzip.Write(Older + Row1 + Row2);
        }

        _importer.Bhavcopy(_folder.File("b.zip"), ImportOptions.Default).Rows.ShouldBe(1);
        var report = _importer.Bhavcopy(_folder.File("c.csv.gz"), ImportOptions.Default);
        (report.Rows, report.Files[0].Unchanged).ShouldBe((0, 2));
    }

    [Fact]
    public void The_same_bytes_are_taken_once_and_advance_the_data_version_once()
    {
        var before = Version();
        Import("a.csv", Older + Row1).Imported.ShouldBe(1);
        var after = Version();
        Import("renamed.csv", Older + Row1).AlreadyImported.ShouldBe(1);

        after.ShouldNotBe(before);
        Version().ShouldBe(after);
    }

    [Theory]
    [InlineData("OPTIDX,NIFTY,27-Feb-2020,12100,CE,10.5,11,9.05,abc,10.05,1200,1,75000,-75,03-FEB-2020,", "'abc' in column CLOSE is not a number")]
    [InlineData("OPTIDX,NIFTY,27-Feb-2020,12100,CE,10.5", "6 fields; the header has 16")]
    [InlineData("SWAP,NIFTY,27-Feb-2020,12100,CE,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "unknown instrument 'SWAP'")]
    [InlineData("OPTIDX,NIFTY,27-Feb-2020,12100,XX,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "option type 'XX' does not fit OPTIDX")]
    [InlineData("OPTIDX,NIFTY,27-Feb-2020,-5,CE,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "strike '-5' is not a positive number")]
    [InlineData("OPTIDX,NIFTY,31-Feb-2020,12100,CE,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "'31-Feb-2020' is not a date")]
    [InlineData("OPTIDX,NIFTY,2020-02-27,12200,CE,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "mixed date formats: '2020-02-27' is yyyy-MM-dd, line 2 is dd-MMM-yyyy")]
    [InlineData("OPTIDX,NIFTY,30-Jan-2020,12100,CE,1,1,1,1,1,1,1,1,1,03-FEB-2020,", "expiry 2020-01-30 lies before the trading day 2020-02-03")]
    [InlineData("OPTIDX,NIFTY,27-Feb-2020,12100,CE,10.5,11,9.05,10,10.05,1200,10885.62,75000,-75,03-FEB-2020,", "duplicate row: NIFTY OPTIDX 2020-02-27 12100 CE stands already in bad.csv:2")]
    public void A_bad_row_is_named_and_nothing_of_its_file_is_taken_unless_lenient(string row, string reason)
    {
        var file = _folder.Write("bad.csv", $"{Older}{Row1}{row}\n{Row2}");

        var strict = _importer.Bhavcopy(file, ImportOptions.Default);

        strict.Refused.ShouldBe(1);
        strict.Files[0].Error.ShouldNotBeNull().ShouldStartWith($"bad.csv:3: {reason}");
        _store.Symbols().ShouldBeEmpty();
        var lenient = _importer.Bhavcopy(file, new ImportOptions(Lenient: true));
        (lenient.Rows, lenient.BadRows).ShouldBe((2, 1));
        lenient.Files[0].BadRows[0].ToString().ShouldStartWith($"bad.csv:3: {reason}");
    }

    [Fact]
    public void A_row_that_contradicts_an_imported_one_is_refused_unless_it_may_replace_it()
    {
        Import("a.csv", Older + Row1);
        var corrected = _folder.Write("b.csv", Older + Row1.Replace(",9.05,10,", ",9.05,10.50,", StringComparison.Ordinal));

        _importer.Bhavcopy(corrected, ImportOptions.Default).Files[0].Error.ShouldNotBeNull().ShouldContain("b.csv:2: NIFTY 2020-02-03");
        _importer.Bhavcopy(corrected, new ImportOptions(Replace: true)).Rows.ShouldBe(1);
        _store.Sheets("NIFTY", DateOnly.MinValue, DateOnly.MaxValue).Single().Rows[0].Close.ShouldBe(10.50m);
    }

    [Theory]
    [InlineData("a,b,c\n1,2,3\n", "not a bhavcopy header: no column TradDt/TIMESTAMP/Date")]
    [InlineData("", "the file is empty")]
    [InlineData("INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTION_TYP,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP,\n", "no data rows")]
    public void A_wrong_header_and_an_empty_file_are_named(string text, string reason) =>
        Import("wrong.csv", text).Files[0].Error.ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void A_truncated_gzip_is_refused(double keep)
    {
        using (var gzip = new StreamWriter(new GZipStream(File.Create(_folder.File("whole.csv.gz")), CompressionMode.Compress)))
        {
            gzip.Write(Older + Row1 + string.Concat(Enumerable.Range(0, 500).Select(i => Row1.Replace("12100", $"{13000 + i}", StringComparison.Ordinal))));
        }

        var bytes = File.ReadAllBytes(_folder.File("whole.csv.gz"));
        File.WriteAllBytes(_folder.File("cut.csv.gz"), bytes[..(int)(bytes.Length * keep)]);

        _importer.Bhavcopy(_folder.File("cut.csv.gz"), ImportOptions.Default).Files[0].Error.ShouldNotBeNull().ShouldContain("cut.csv.gz: corrupt or truncated archive");
        _store.Symbols().ShouldBeEmpty();
    }

    [Fact]
    public void Every_corrupted_byte_of_a_zip_is_noticed_or_harmless()
    {
        using (var zip = ZipFile.Open(_folder.File("good.zip"), ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("fo.csv").Open());
            writer.Write(Older + Row1 + Row2);
        }

        var bytes = File.ReadAllBytes(_folder.File("good.zip"));
        for (var i = 0; i < bytes.Length; i += 3)
        {
            using var folder = new TempFolder();
            using var store = BhavcopyStore.Open(folder.File("bhavcopy.db"));
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x10;
            File.WriteAllBytes(folder.File("x.zip"), damaged);

            var report = new Importer(store, TimeProvider.System).Bhavcopy(folder.File("x.zip"), ImportOptions.Default);

            var held = store.Sheets("NIFTY", DateOnly.MinValue, DateOnly.MaxValue).Sum(s => s.Rows.Sum(r => r.Close));
            (report.Refused == 1 ? held == 0 : held == 11709.95m).ShouldBeTrue($"byte {i}: {report.Files[0].Error} {held}");
        }
    }

    [Fact]
    public void A_folder_goes_on_after_a_bad_file_and_names_it()
    {
        var folder = Directory.CreateDirectory(_folder.File("in")).FullName;
        File.WriteAllText(Path.Combine(folder, "1.csv"), Older + Row1);
        File.WriteAllText(Path.Combine(folder, "2.csv"), "garbage");
        File.WriteAllText(Path.Combine(folder, "3.csv"), Older + Row2);

        var report = _importer.Bhavcopy(folder, ImportOptions.Default);

        (report.Imported, report.Refused).ShouldBe((2, 1));
        report.Files[1].Error.ShouldNotBeNull().ShouldStartWith("2.csv:1:");
    }

    [Fact]
    public void An_interrupted_import_keeps_whole_files_and_goes_on_where_it_stopped()
    {
        var folder = Directory.CreateDirectory(_folder.File("in")).FullName;
        for (var day = 3; day <= 7; day++)
        {
            File.WriteAllText(Path.Combine(folder, $"{day}.csv"), Older + Row1.Replace("03-FEB", $"{day:00}-FEB", StringComparison.Ordinal));
        }

        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => _importer.Bhavcopy(folder, ImportOptions.Default, new StopAfter(2, stop), stop.Token));
        _store.Days("NIFTY").Count.ShouldBe(2);

        var report = _importer.Bhavcopy(folder, ImportOptions.Default);

        (report.AlreadyImported, report.Imported).ShouldBe((2, 3));
        _store.Days("NIFTY").Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("2024-01-05")]
    [InlineData("05-01-2024")]
    [InlineData("05-Jan-2024")]
    [InlineData("05-Jan-24")]
    public async Task Spot_dates_of_each_format_are_read(string date)
    {
        _importer.Spot(_folder.Write("Nifty_strike_data.csv", $"Ticker,Date,Close\nNIFTY,{date},21710.80\nBANKNIFTY,{date},48159.00\nNIFTY,{date},21710.85\n"), ImportOptions.Default)
            .Succeeded.ShouldBeTrue();

        (await _store.SpotAsync("NIFTY", default)).ShouldBe([new SpotDay(new DateOnly(2024, 1, 5), 21710.85m)]);
        (await _store.SpotAsync("BANKNIFTY", default)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("22-02-19", "25-02-19", "01-03-19", "2019-02-22")]
    [InlineData("19-02-22", "19-02-25", "19-03-01", "2019-02-22")]
    public async Task Two_digit_years_are_told_apart_by_the_order_of_the_rows(string a, string b, string c, string first)
    {
        _importer.Spot(_folder.Write("NIFTY.csv", $"Date,Close\n{a},1\n{b},2\n{c},3\n"), ImportOptions.Default).Succeeded.ShouldBeTrue();

        (await _store.SpotAsync("NIFTY", default))[0].Date.ToString("yyyy-MM-dd").ShouldBe(first);
    }

    [Fact]
    public async Task Two_digit_years_that_read_both_ways_are_refused_until_the_format_is_stated()
    {
        var file = _folder.Write("NIFTY.csv", "Date,Close\n10-01-11,1\n11-01-12,2\n");

        _importer.Spot(file, ImportOptions.Default).Files[0].Error.ShouldNotBeNull().ShouldContain("can be yy-MM-dd or dd-MM-yy; state the date format");
        _importer.Spot(file, new ImportOptions(DateFormat: "dd-MM-yy")).Succeeded.ShouldBeTrue();
        (await _store.SpotAsync("NIFTY", default))[0].Date.ShouldBe(new DateOnly(2011, 1, 10));
    }

    [Fact]
    public void Mixed_spot_dates_are_named() =>
        _importer.Spot(_folder.Write("NIFTY.csv", "Date,Close\n2024-01-05,1\n08-01-2024,2\n"), ImportOptions.Default)
            .Files[0].Error.ShouldNotBeNull().ShouldStartWith("NIFTY.csv:3: mixed date formats: '08-01-2024' is dd-MM-yyyy");

    [Fact]
    public async Task Given_calendars_replace_derived_ones_and_must_ascend()
    {
        _importer.Expiries(_folder.Write("NIFTY.csv", "Previous Expiry,Current Expiry,Next Expiry\n04-01-2024,11-01-2024,18-01-2024\n11-01-2024,18-01-2024,25-01-2024\n"), ImportOptions.Default)
            .Rows.ShouldBe(2);
        _importer.Expiries(_folder.Write("NIFTY_Monthly.csv", "Previous Expiry,Current Expiry,Next Expiry\n,2024-01-25,2024-02-29\n"), ImportOptions.Default).Rows.ShouldBe(1);

        (await _store.ExpiriesAsync("NIFTY", ExpiryKind.Weekly, default)).Select(r => r.Current.Day).ShouldBe([11, 18]);
        (await _store.ExpiriesAsync("NIFTY", ExpiryKind.Monthly, default)).Single().Previous.ShouldBeNull();
        _importer.Expiries(_folder.Write("NIFTY.csv", "Previous Expiry,Current Expiry,Next Expiry\n11-01-2024,18-01-2024,25-01-2024\n04-01-2024,11-01-2024,18-01-2024\n"), ImportOptions.Default)
            .Files[0].Error.ShouldNotBeNull().ShouldStartWith("NIFTY.csv:3: Current Expiry 2024-01-11 does not follow 2024-01-18");
        (await _store.ExpiriesAsync("NIFTY", ExpiryKind.Weekly, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Base_ranges_ship_with_base2_and_take_others_by_name()
    {
        (await _store.RangesAsync("base2", default))!.Count.ShouldBe(12);
        _importer.Ranges(_folder.Write("mine.csv", "Start,End\n24-06-2022,23-12-2022\n21-11-2008,31-12-2010\n"), ImportOptions.Default).Rows.ShouldBe(2);

        (await _store.RangesAsync("mine", default))![0].Start.ShouldBe(new DateOnly(2008, 11, 21));
        (await _store.RangesAsync("nope", default)).ShouldBeNull();
        _importer.Ranges(_folder.Write("bad.csv", "Start,End\n31-12-2010,21-11-2008\n"), ImportOptions.Default)
            .Files[0].Error.ShouldBe("bad.csv:2: the range ends 2008-11-21 before it starts 2010-12-31");
    }

    [Fact]
    public async Task Missing_days_are_named_by_the_spot_series()
    {
        Import("a.csv", Older + Row1 + Row1.Replace("03-FEB", "06-FEB", StringComparison.Ordinal));
        _importer.Spot(_folder.Write("NIFTY.csv", "Date,Close\n2020-02-03,1\n2020-02-04,1\n2020-02-06,1\n"), ImportOptions.Default);

        (await _store.MissingDaysAsync("NIFTY", default)).ShouldBe([new DateOnly(2020, 2, 4)]);
    }

    [Fact]
    public void A_byte_order_mark_and_quoted_fields_are_read()
    {
        File.WriteAllBytes(_folder.File("bom.csv"), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes((Older + Row1).Replace("NIFTY", "\"NIFTY\"", StringComparison.Ordinal))]);
        _importer.Bhavcopy(_folder.File("bom.csv"), ImportOptions.Default).Succeeded.ShouldBeTrue();
        _store.Symbols().ShouldBe(["NIFTY"]);
    }

    private sealed class StopAfter(int files, CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.FilesDone == files)
            {
                stop.Cancel();
            }
        }
    }

    private ImportReport Import(string name, string text) => _importer.Bhavcopy(_folder.Write(name, text), ImportOptions.Default);

    private string Version() => _store.VersionAsync(default).AsTask().GetAwaiter().GetResult();
}
