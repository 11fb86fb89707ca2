using System.Globalization;
using System.Text.Json;
using Headgate.Testing;
using Headgate.Upstreams.Tapes;
using static Headgate.Tests.History.KiteWorld;

namespace Headgate.Tests.History;

/// <summary>Recorded NSE minutes of August 2016, behind the emulated Kite Connect.</summary>
public sealed class SharedTapeTests
{
    [SharedFact]
    public void Random_ranges_of_recorded_minutes_are_the_bytes_of_direct_calls()
    {
        var tape = RecordedTape.Load(Days().ToArray());
        var world = new KiteWorld(At("2016-08-19 10:03:20"), tape);
        world.Run(async () =>
        {
            var token = Token(world);
            var random = new Random(11);
            string[] intervals = ["minute", "5minute", "15minute", "60minute", "day"];
            for (var i = 0; i < 400; i++)
            {
                var now = world.Time.TrueNow.ToOffset(TimeSpan.FromHours(5.5));
                var from = At("2016-08-14 00:00:00").AddMinutes(random.Next((int)(now - At("2016-08-14 00:00:00")).TotalMinutes));
                var to = random.Next(3) == 0 ? now.AddHours(random.Next(8)) : from.AddMinutes(random.Next(4_000));
                var target = Target(intervals[random.Next(intervals.Length)], Text(from), Text(to), token);
                // What is asked with a zero max-age is what a direct call says; what is held may be as old as its bar.
                await world.AskExactly(target, random.Next(4) == 0 ? new Freshness { MaxAge = TimeSpan.Zero } : new Freshness { MaxAge = TimeSpan.FromTicks(1) });
                await world.Time.Delay(TimeSpan.FromSeconds(random.Next(1, 900)));
            }
        });
    }

    [SharedFact]
    public void Recorded_weeks_cost_one_call_each_series_and_none_when_asked_again()
    {
        var tape = RecordedTape.Load(Days().ToArray());
        var world = new KiteWorld(At("2016-08-27 12:00:00"), tape);
        world.Run(async () =>
        {
            var token = Token(world);
            foreach (var interval in new[] { "minute", "5minute", "15minute", "30minute", "60minute", "day" })
            {
                var week = Target(interval, "2016-08-16 00:00:00", "2016-08-26 15:30:00", token);
                await world.AskExactly(week);
                world.TakeCalls().Count.ShouldBe(1);
                (await world.AskExactly(week)).Kind.ShouldBe(FetchKind.Hit);
                (await world.AskExactly(Target(interval, "2016-08-18 09:15:00", "2016-08-23 11:00:00", token))).Kind.ShouldBe(FetchKind.Hit);
                world.Calls.ShouldBeEmpty();
            }
        });
    }

    private static IEnumerable<string> Days() =>
        Directory.EnumerateFiles(SharedFiles.Path("data", "nse_minute"), "nse_minute_2016-08-*.csv.gz").Order(StringComparer.Ordinal);

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // The twin gives tokens of its own to the tape's symbols.
    private static uint Token(KiteWorld world)
    {
        using var quote = JsonDocument.Parse(world.Direct("/quote?i=NSE:INFY&i=NSE:RELIANCE&i=NSE:SBIN"));
        return quote.RootElement.GetProperty("data").EnumerateObject().First().Value.GetProperty("instrument_token").GetUInt32();
    }
}
