namespace Headgate.Simulation.Tests.LowerBound;

public sealed class CandleBoundTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_call_is_needed_each_time_a_bar_nobody_holds_is_asked_for()
    {
        var bound = Minutes();
        bound.Ask(Nine.AddSeconds(10), Nine.AddHours(-1), Nine.AddHours(1));
        bound.Calls.ShouldBe(1);
        bound.Ask(Nine.AddSeconds(50), Nine.AddHours(-1), Nine.AddHours(1)); // no bar has closed since
        bound.Calls.ShouldBe(1);
        bound.Ask(Nine.AddSeconds(60), Nine.AddHours(-1), Nine.AddHours(1));
        bound.Calls.ShouldBe(2);
    }

    [Fact]
    public void A_long_range_takes_one_call_per_maximum_span()
    {
        var bound = Minutes();
        bound.Ask(Nine, Nine.AddDays(-150), Nine);
        bound.Calls.ShouldBe(3);
        bound.Ask(Nine, Nine.AddDays(-100), Nine.AddDays(-1)); // held already
        bound.Calls.ShouldBe(3);
        bound.Ask(Nine, Nine.AddDays(-210), Nine.AddDays(-1)); // sixty days more
        bound.Calls.ShouldBe(4);
    }

    private static CandleBound Minutes() => new(
        TimeSpan.FromMinutes(1), TimeSpan.FromDays(60), after => new DateTimeOffset(after.Ticks - (after.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero));
}
