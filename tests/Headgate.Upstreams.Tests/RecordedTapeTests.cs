using System.Globalization;
using Headgate.Testing;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Tests;

/// <summary>The step-function rule on recorded days, against the rows read independently of the tape.</summary>
public sealed class RecordedTapeTests
{
    private static readonly TimeSpan Ist = new(5, 30, 0);

    [Fact]
    public void Number_text_gaps_and_the_days_open_are_kept_whatever_the_order_of_rows()
    {
        var file = Write(
            "INFY,2026-01-05 09:17:00,63.70,65.0,63,64.10,50",
            "INFY,2026-01-05 09:15:00,63.80,64,63.5,63.70,100",
            "INFY,2026-01-06 09:15:00,70,71,69,70.50,10");
        var tape = RecordedTape.Load(file);

        string Last(string at) => tape.LastAt("INFY", At(at))!.Value.ToString(CultureInfo.InvariantCulture);
        Last("2026-01-05 09:15:00").ShouldBe("63.80");
        Last("2026-01-05 09:15:59").ShouldBe("63.80");
        Last("2026-01-05 09:16:00").ShouldBe("63.70");
        Last("2026-01-05 09:17:59").ShouldBe("63.70");
        Last("2026-01-05 09:18:00").ShouldBe("64.10");
        Last("2026-01-06 09:14:59").ShouldBe("64.10");
        Last("2026-01-06 09:15:00").ShouldBe("70");
        Last("2026-01-06 09:16:00").ShouldBe("70.50");
        tape.QuoteAt("INFY", At("2026-01-06 09:15:30"))!.Value.PreviousClose.ShouldBe(64.10m);
        tape.QuoteAt("INFY", At("2026-01-05 09:17:30"))!.Value.Volume.ShouldBe(100);
        tape.Start.ShouldBe(At("2026-01-05 09:15:00"));
        tape.QuoteAt("TCS", At("2026-01-05 09:17:30")).ShouldBeNull();
    }

    [Theory]
    [InlineData("INFY,2026-01-05 09:15,1,1,1,1,1")]
    [InlineData("INFY,2026-01-05 09:15:00,1,1,-1,1,1")]
    [InlineData("INFY,2026-01-05 09:15:00,1,1,1,1")]
    public void A_row_that_cannot_be_read_is_named_by_file_and_line(string row)
    {
        var file = Write("INFY,2026-01-05 09:14:00,1,1,1,1,1", row);

        Should.Throw<InvalidDataException>(() => RecordedTape.Load(file)).Message.ShouldStartWith(file + ":3:");
    }

    [SharedFact]
    public void Every_second_of_a_recorded_day_shows_finished_bars_only()
    {
        var file = SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz");
        var tape = RecordedTape.Load(file);
        var rows = Rows(file, "INFY", "M&M", "NIFTYAUTO");

        foreach (var (symbol, bars) in rows)
        {
            bars.Count.ShouldBe(375);
            for (var i = 0; i <= 375; i++)
            {
                foreach (var second in new[] { 0, 1, 59 })
                {
                    var quote = tape.QuoteAt(symbol, At("2016-08-16 09:15:00").AddMinutes(i).AddSeconds(second))!.Value;
                    var finished = bars.Take(i).ToList();
                    quote.Last.ShouldBe(i == 0 ? bars[0].Open : finished[^1].Close);
                    quote.Volume.ShouldBe(finished.Sum(b => b.Volume));
                    quote.High.ShouldBe(finished.Select(b => b.High).Append(bars[0].Open).Max());
                    quote.Low.ShouldBe(finished.Select(b => b.Low).Append(bars[0].Open).Min());
                    quote.Open.ShouldBe(bars[0].Open);
                }
            }
        }
    }

    [SharedFact]
    public void A_directory_is_one_tape_and_longer_bars_in_it_are_left_out()
    {
        var tape = RecordedTape.Load(SharedFiles.Path("data", "nse_minute"));

        tape.Start.ShouldBe(At("2016-08-16 09:15:00"));
        tape.Symbols.Count.ShouldBe(177);
        tape.Skipped.Select(Path.GetFileName).ShouldBe(["nse_30minute_2016-03_2016-09.csv.gz"]);
        var days = tape.Days("INFY", At("2016-08-16 00:00:00"), At("2016-09-30 00:00:00"), At("2016-08-18 09:16:00"));
        days.Select(d => d.Start.Day).ShouldBe([16, 17, 18]);
        tape.QuoteAt("INFY", At("2016-08-17 09:15:00"))!.Value.PreviousClose.ShouldBe(days[0].Close);
        tape.Minutes("INFY", At("2016-08-16 00:00:00"), At("2016-09-30 00:00:00"), At("2016-08-18 09:16:59")).Count.ShouldBe(751);
    }

    [SharedFact]
    public void Five_minute_candles_are_made_of_finished_minutes()
    {
        var tape = RecordedTape.Load(SharedFiles.Path("data", "nse_minute", "nse_minute_2016-08-16.csv.gz"));
        var minutes = tape.Minutes("INFY", At("2016-08-16 09:15:00"), At("2016-08-16 15:30:00"), At("2016-08-16 09:23:30"));
        var candles = TapeBars.Join(minutes, 5, new TimeSpan(9, 15, 0));

        minutes.Count.ShouldBe(8);
        candles.Select(c => c.Start).ShouldBe([At("2016-08-16 09:15:00"), At("2016-08-16 09:20:00")]);
        candles[1].Close.ShouldBe(minutes[7].Close);
        candles[0].High.ShouldBe(minutes.Take(5).Max(m => m.High));
        candles[0].Volume.ShouldBe(minutes.Take(5).Sum(m => m.Volume));
    }

    [Fact]
    public void A_tape_clock_starts_at_the_tapes_first_minute_and_runs_at_the_inner_clocks_speed()
    {
        var inner = new HandClock();
        var clock = new TapeClock(At("2016-08-16 09:15:00"), inner);
        clock.GetUtcNow().ShouldBe(At("2016-08-16 09:15:00"));
        inner.Advance(TimeSpan.FromSeconds(61));

        clock.GetUtcNow().ShouldBe(At("2016-08-16 09:16:01"));
    }

    private static DateTimeOffset At(string text) =>
        new(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Ist);

    private static string Write(params string[] rows)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("headgate-tape-").FullName, "day.csv");
        File.WriteAllLines(file, ["symbol,timestamp_ist,open,high,low,close,volume", .. rows, "ZZZ,2026-01-05 09:15:00,1,1,1,1,0", "ZZZ,2026-01-05 09:16:00,1,1,1,1,0"]);
        return file;
    }

    private static Dictionary<string, List<TapeBar>> Rows(string file, params string[] symbols)
    {
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress));
        var rows = symbols.ToDictionary(s => s, _ => new List<TapeBar>(), StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(',');
            if (rows.TryGetValue(parts[0], out var bars))
            {
                decimal Number(int i) => decimal.Parse(parts[i], CultureInfo.InvariantCulture);
                bars.Add(new TapeBar(At(parts[1]), Number(2), Number(3), Number(4), Number(5), Number(6)));
            }
        }

        return rows.ToDictionary(r => r.Key, r => r.Value.OrderBy(b => b.Start).ToList(), StringComparer.Ordinal); // a few recorded rows are out of order
    }
}
