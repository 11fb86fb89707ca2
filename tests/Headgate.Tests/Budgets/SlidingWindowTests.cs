using Headgate.Budgets;

namespace Headgate.Tests.Budgets;

public sealed class SlidingWindowTests
{
    private static readonly EngineTime Start = new(1_000_000_000_000);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_permit_is_held_from_before_the_send_until_the_first_byte_plus_the_window()
    {
        var window = new SlidingWindow(LimitModels.Sliding(1, Second), "k");
        window.Take(1, 1, Start, Timeout, new ChargeBuilder());
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(4), Timeout).ShouldBeFalse();

        window.Settle(1, Start + TimeSpan.FromSeconds(2));
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(3), Timeout).ShouldBeFalse();
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(3) + TimeSpan.FromMilliseconds(1), Timeout).ShouldBeTrue();
    }

    [Fact]
    public void Without_an_answer_a_permit_is_held_until_the_request_can_no_longer_arrive_plus_the_window()
    {
        var window = new SlidingWindow(LimitModels.Sliding(1, Second), "k");
        window.Take(1, 1, Start, Timeout, new ChargeBuilder());
        window.SettleSilent(1);
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(6), Timeout).ShouldBeFalse();
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(6) + TimeSpan.FromMilliseconds(1), Timeout).ShouldBeTrue();
    }

    [Fact]
    public void A_call_that_was_never_charged_gives_its_permit_back_at_once()
    {
        var window = new SlidingWindow(LimitModels.Sliding(1, Second), "k");
        window.Take(1, 1, Start, Timeout, new ChargeBuilder());
        window.Cancel(1);
        window.HasRoom(1, false, Start, Timeout).ShouldBeTrue();
        window.Used(Start).ShouldBe(0);
    }

    [Fact]
    public void A_restart_keeps_the_hold_of_a_call_whose_answer_nobody_saw()
    {
        var window = new SlidingWindow(LimitModels.Sliding(1, Second), "k");
        window.Restore(new Hold(1, "k", 1, Start, Timeout, Second, null));
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(6), Timeout).ShouldBeFalse();
        window.HasRoom(1, false, Start + TimeSpan.FromSeconds(7), Timeout).ShouldBeTrue();
    }

    [Fact]
    public void The_estimate_counts_calls_ahead_and_the_round_trip_of_each_turn_of_the_window()
    {
        var window = new SlidingWindow(LimitModels.Sliding(3, Second), "k");
        var roundTrip = TimeSpan.FromMilliseconds(99);
        window.EarliestRoom(1, false, 2, Start, Timeout, roundTrip).ShouldBe(Start);
        window.EarliestRoom(1, false, 3, Start, Timeout, roundTrip).ShouldBe(Start + TimeSpan.FromMilliseconds(1_100));
        window.EarliestRoom(1, false, 9, Start, Timeout, roundTrip).ShouldBe(Start + TimeSpan.FromMilliseconds(3_300));
    }

    [Fact]
    public void More_permits_than_the_window_has_are_never_granted()
    {
        var window = new SlidingWindow(LimitModels.Sliding(3, Second), "k");
        window.EarliestRoom(4, false, 0, Start, Timeout, default).ShouldBe(EngineTime.Never);
    }

    [Fact]
    public void Check_then_add_overspend_is_impossible_because_taking_counts_at_once()
    {
        var window = new SlidingWindow(LimitModels.Sliding(5, Second), "k");
        var granted = 0;
        for (var id = 1; id <= 20; id++)
        {
            if (window.HasRoom(1, false, Start, Timeout))
            {
                window.Take(id, 1, Start, Timeout, new ChargeBuilder());
                granted++;
            }
        }

        granted.ShouldBe(5);
    }
}
