using Headgate.Budgets;
using Headgate.Simulation;

namespace Headgate.Tests.Budgets;

public sealed class CalendarWindowTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_spent_day_opens_again_by_the_clock_alone_so_it_never_stays_exhausted()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Spend(25);
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeFalse();

        world.GoTo("2026-11-21T00:00:06Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeTrue();
        world.Window.Used(world.Now).ShouldBe(0);
    }

    [Fact]
    public void A_day_rolls_once_and_not_again()
    {
        var world = new World("2026-11-20T23:00:00Z");
        world.Spend(25);
        world.GoTo("2026-11-21T00:00:06Z");
        world.Spend(25);
        world.GoTo("2026-11-21T12:00:00Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeFalse();
    }

    [Fact]
    public void A_new_day_does_not_start_exhausted()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Spend(25);
        world.GoTo("2026-11-21T09:00:00Z");
        world.Window.Used(world.Now).ShouldBe(0);
        world.Spend(25);
    }

    [Fact]
    public void The_window_rolls_in_the_providers_zone_after_the_guard()
    {
        var world = new World("2026-11-20T10:00:00Z", "Asia/Kolkata");
        world.Spend(25);
        world.GoTo("2026-11-20T18:30:04Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeFalse();
        world.GoTo("2026-11-20T18:30:06Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeTrue();
    }

    [Fact]
    public void A_call_that_may_arrive_on_either_side_of_the_reset_counts_on_both()
    {
        var world = new World("2026-11-20T23:59:57Z");
        var charge = new ChargeBuilder();
        world.Window.Take(1, 1, world.Now, Timeout, charge);
        charge.Calendar.Select(share => share.WindowId).ShouldBe(["2026-11-20", "2026-11-21"]);
    }

    [Fact]
    public void An_answer_that_came_before_the_reset_gives_the_later_days_share_back()
    {
        var world = new World("2026-11-20T23:59:51Z");
        world.Window.Take(1, 1, world.Now, Timeout, new ChargeBuilder());
        world.Window.Settle(1, world.Now + TimeSpan.FromSeconds(1)).ShouldBe(new CalendarCharge("k", "2026-11-21", 1));
    }

    [Fact]
    public void A_stepped_wall_clock_does_not_roll_the_day_before_the_upstreams_does()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Spend(25);
        world.Time.Step(TimeSpan.FromDays(1));
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeFalse();
    }

    [Fact]
    public void The_upstreams_own_date_decides_once_it_is_known()
    {
        var world = new World("2026-11-20T23:59:50Z");
        world.Spend(20);
        // The upstream's clock runs ten seconds behind ours.
        world.Upstream.Observe(DateTimeOffset.Parse("2026-11-20T23:59:40Z"), world.Now, world.Now);
        world.Spend(5);
        world.GoTo("2026-11-21T00:00:10Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeFalse();
        world.GoTo("2026-11-21T00:00:12Z");
        world.Window.HasRoom(1, false, world.Now, Timeout).ShouldBeTrue();
    }

    [Fact]
    public void The_reserve_is_left_for_urgent_work()
    {
        var world = new World("2026-11-20T10:00:00Z", reservePercent: 20);
        world.Spend(20);
        world.Window.HasRoom(1, urgent: false, world.Now, Timeout).ShouldBeFalse();
        world.Window.HasRoom(1, urgent: true, world.Now, Timeout).ShouldBeTrue();
    }

    [Fact]
    public void Retry_points_to_the_real_reset()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Spend(25);
        world.Window.EarliestRoom(1, false, 0, world.Now, Timeout, default).ToUtc().ShouldBe(DateTimeOffset.Parse("2026-11-21T00:00:05Z"));
    }

    [Fact]
    public void A_permanent_lock_out_cannot_follow_from_a_closure()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Window.Close(world.Now + TimeSpan.FromSeconds(30), "429");
        world.Window.HasRoom(1, false, world.Now + TimeSpan.FromSeconds(29), Timeout).ShouldBeFalse();
        world.Window.HasRoom(1, false, world.Now + TimeSpan.FromSeconds(30), Timeout).ShouldBeTrue();
    }

    [Fact]
    public void What_the_upstream_reports_can_only_lower_what_is_left()
    {
        var world = new World("2026-11-20T10:00:00Z");
        world.Spend(10);
        world.Window.ObserveUsed(4, world.Now).ShouldBeNull();
        world.Window.Used(world.Now).ShouldBe(10);
        world.Window.ObserveUsed(24, world.Now).ShouldBe("2026-11-20");
        world.Window.Used(world.Now).ShouldBe(24);
    }

    private sealed class World
    {
        private readonly EngineClock _clock;
        private long _id;

        public World(string start, string zone = "Etc/UTC", int reservePercent = 0)
        {
            Time = new VirtualTime(DateTimeOffset.Parse(start));
            _clock = new EngineClock(Time, "boot");
            Upstream = new UpstreamClock(_clock, TimeSpan.FromSeconds(5));
            Window = new CalendarWindow(LimitModels.Daily(25, zone, reservePercent), "k", Upstream, new Pacing(AlwaysOpenMarkets.Instance, null));
        }

        public VirtualTime Time { get; }

        public UpstreamClock Upstream { get; }

        public CalendarWindow Window { get; }

        public EngineTime Now => _clock.Now;

        public void Spend(int calls)
        {
            for (var i = 0; i < calls; i++)
            {
                Window.HasRoom(1, urgent: true, Now, Timeout).ShouldBeTrue();
                Window.Take(++_id, 1, Now, Timeout, new ChargeBuilder());
                Window.Settle(_id, Now);
            }
        }

        public void GoTo(string instant) => Time.Advance(DateTimeOffset.Parse(instant) - Time.TrueNow);
    }
}
