using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Tests;

public sealed class SyntheticTapeTests
{
    private static readonly DateTimeOffset Open = new(2026, 1, 5, 9, 15, 0, new TimeSpan(5, 30, 0));

    [Fact]
    public void The_same_question_has_the_same_answer_whatever_was_asked_before()
    {
        var forward = new SyntheticTape(3, Open);
        var random = new Random(5);
        var moments = Enumerable.Range(0, 300).Select(_ => Open.AddSeconds(random.Next(-200_000, 400_000))).ToList();
        var asked = moments.Select(m => forward.QuoteAt("INFY", m)).ToList();

        for (var i = 0; i < moments.Count; i++)
        {
            var fresh = new SyntheticTape(3, Open, [SyntheticUniverse.Share("INFY")]);
            fresh.QuoteAt("INFY", moments[i]).ShouldBe(asked[i]);
            fresh.LastAt("INFY", moments[i]).ShouldBe(asked[i]!.Value.Last);
        }
    }

    [Fact]
    public void A_sessions_high_low_and_volume_bound_every_price_and_never_shrink()
    {
        var tape = new SyntheticTape(11, Open);
        var before = tape.QuoteAt("TCS", Open)!.Value;
        for (var second = 0; second <= 22_600; second += 7)
        {
            var quote = tape.QuoteAt("TCS", Open.AddSeconds(second))!.Value;
            quote.Last.ShouldBeInRange(quote.Low, quote.High);
            quote.High.ShouldBeGreaterThanOrEqualTo(before.High);
            quote.Low.ShouldBeLessThanOrEqualTo(before.Low);
            quote.Volume.ShouldBeGreaterThanOrEqualTo(before.Volume);
            (quote.Last % 0.05m).ShouldBe(0);
            before = quote;
        }
    }

    [Fact]
    public void Minute_bars_meet_and_agree_with_the_day_and_with_the_close()
    {
        var tape = new SyntheticTape(2, Open);
        var evening = Open.AddHours(8);
        var minutes = tape.Minutes("RELIANCE", Open, evening, evening);
        var day = tape.Days("RELIANCE", new DateTimeOffset(Open.Date, Open.Offset), evening, evening).Single();

        minutes.Count.ShouldBe(375);
        minutes.Zip(minutes.Skip(1)).ShouldAllBe(pair => pair.First.Close == pair.Second.Open);
        day.ShouldBe(minutes.Aggregate((a, b) => a with { High = Math.Max(a.High, b.High), Low = Math.Min(a.Low, b.Low), Close = b.Close, Volume = a.Volume + b.Volume })
            with { Start = day.Start });
        tape.LastAt("RELIANCE", evening).ShouldBe(day.Close);
        tape.QuoteAt("RELIANCE", evening)!.Value.High.ShouldBe(day.High);
    }

    [Fact]
    public void Nothing_moves_outside_sessions_and_the_next_day_knows_the_close_before()
    {
        var tape = new SyntheticTape(2, Open);
        var friday = new DateTimeOffset(2026, 1, 9, 15, 30, 0, Open.Offset);
        var close = tape.QuoteAt("SBIN", friday)!.Value;

        tape.QuoteAt("SBIN", friday.AddDays(1)).ShouldBe(close);
        tape.QuoteAt("SBIN", friday.AddDays(2)).ShouldBe(close);
        tape.QuoteAt("SBIN", new DateTimeOffset(2026, 1, 12, 9, 15, 0, Open.Offset))!.Value.PreviousClose.ShouldBe(close.Last);
        tape.Minutes("SBIN", friday, friday.AddDays(2), friday.AddDays(3)).ShouldBeEmpty();
    }

    [Fact]
    public void Prices_move_within_a_minute_unless_the_step_is_a_minute()
    {
        var live = new SyntheticTape(2, Open);
        var slow = new SyntheticTape(2, Open, stepSeconds: 60);

        Enumerable.Range(0, 60).Select(s => live.LastAt("INFY", Open.AddSeconds(s))).Distinct().Count().ShouldBeGreaterThan(2);
        Enumerable.Range(0, 60).Select(s => slow.LastAt("INFY", Open.AddSeconds(s))).Distinct().Count().ShouldBe(1);
    }
}
