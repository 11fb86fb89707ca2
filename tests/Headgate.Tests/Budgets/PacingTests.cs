using Headgate.Budgets;
using Headgate.Catalogue;
using Headgate.Markets;
using Headgate.Simulation;

namespace Headgate.Tests.Budgets;

/// <summary>25 a day with a reserve of 10 % over the XNSE session of 2026-11-20, 09:15 to 15:30 IST (03:45 to 10:00 UTC).</summary>
public sealed class PacingTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Open = new(2026, 11, 20, 3, 45, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Close = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_flood_leaves_calls_for_the_last_quarter_and_the_reserve_for_an_urgent_ask_at_the_end()
    {
        var world = new World(Open);
        var taken = world.Flood(Close, TimeSpan.FromSeconds(1));
        var lastQuarter = Open + ((Close - Open) * 0.75);
        taken.Count(at => at >= lastQuarter).ShouldBeGreaterThanOrEqualTo(4);
        taken.Count.ShouldBe(23);
        world.HasRoom(urgent: false).ShouldBeFalse();
        world.HasRoom(urgent: true).ShouldBeTrue();
    }

    [Fact]
    public void What_is_not_urgent_is_never_more_than_one_call_ahead_of_the_session()
    {
        var world = new World(Open);
        var taken = world.Flood(Close, TimeSpan.FromSeconds(7));
        for (var i = 0; i < taken.Count; i++)
        {
            var pace = 23 * (taken[i] - Open) / (Close - Open);
            (i + 1).ShouldBeLessThanOrEqualTo((int)pace + 1);
        }
    }

    [Fact]
    public void A_budget_that_is_ahead_stays_shut_until_a_whole_call_fits()
    {
        var world = new World(Open);
        world.Take();
        world.HasRoom(urgent: false).ShouldBeFalse();
        // 1/23 of the session brings the pace level; the band asks for a call more.
        world.GoTo(Open + ((Close - Open) / 23) + TimeSpan.FromMinutes(1));
        world.HasRoom(urgent: false).ShouldBeFalse();
        world.GoTo(Open + ((Close - Open) / 23 * 2) + TimeSpan.FromMinutes(1));
        world.HasRoom(urgent: false).ShouldBeTrue();
    }

    [Fact]
    public void Retry_points_to_the_moment_the_pace_allows_the_call()
    {
        var world = new World(Open);
        world.Take();
        var at = world.Earliest();
        at.ShouldBeGreaterThan(world.Now);
        world.GoTo((at - TimeSpan.FromTicks(10)).ToUtc());
        world.HasRoom(urgent: false).ShouldBeFalse();
        world.GoTo(at.ToUtc().AddMilliseconds(1));
        world.HasRoom(urgent: false).ShouldBeTrue();
    }

    [Fact]
    public void Before_the_open_one_call_may_go_and_an_urgent_one_always()
    {
        var world = new World(Open.AddHours(-1));
        world.HasRoom(urgent: false).ShouldBeTrue();
        world.Take();
        world.HasRoom(urgent: false).ShouldBeFalse();
        world.HasRoom(urgent: true).ShouldBeTrue();
    }

    [Fact]
    public void Calls_not_made_in_the_morning_can_be_made_later()
    {
        var world = new World(Open + ((Close - Open) / 2));
        for (var i = 0; i < 11; i++)
        {
            world.HasRoom(urgent: false).ShouldBeTrue();
            world.Take();
        }
    }

    [Fact]
    public void Without_a_session_that_day_the_whole_window_is_the_measure()
    {
        var saturday = new DateTimeOffset(2026, 11, 20, 18, 30, 0, TimeSpan.Zero); // midnight in India
        var world = new World(saturday.AddMinutes(1));
        var taken = world.Flood(saturday.AddHours(12), TimeSpan.FromMinutes(1));
        taken.Count.ShouldBeInRange(11, 13);
    }

    [Fact]
    public void A_new_day_begins_behind_its_own_session()
    {
        var world = new World(Open);
        world.Flood(Close, TimeSpan.FromMinutes(1));
        world.GoTo(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));
        world.HasRoom(urgent: false).ShouldBeTrue();
    }

    private sealed class World
    {
        private readonly VirtualTime _time;
        private readonly EngineClock _clock;
        private readonly CalendarWindow _window;
        private long _id;

        public World(DateTimeOffset start)
        {
            _time = new VirtualTime(start);
            _clock = new EngineClock(_time, "boot");
            var model = new LimitModel
            {
                Id = "test.daily",
                Name = "daily",
                Kind = LimitKind.Calendar,
                Permits = 25,
                Window = TimeSpan.FromDays(1),
                Scope = LimitScope.Provider,
                Zone = "Asia/Kolkata",
                ReservePercent = 10,
                Paced = true,
            };
            _window = new CalendarWindow(model, "k", new UpstreamClock(_clock, TimeSpan.FromSeconds(5)), new Pacing(new MarketSessions(MarketCalendars.Shipped), "XNSE"));
        }

        public EngineTime Now => _clock.Now;

        public bool HasRoom(bool urgent) => _window.HasRoom(1, urgent, Now, Timeout);

        public EngineTime Earliest() => _window.EarliestRoom(1, urgent: false, 0, Now, Timeout, TimeSpan.Zero);

        public void Take()
        {
            _window.Take(++_id, 1, Now, Timeout, new ChargeBuilder());
            _window.Settle(_id, Now);
        }

        public void GoTo(DateTimeOffset at) => _time.Advance(at - _time.TrueNow);

        /// <summary>Asks without urgency again and again; tells when calls went.</summary>
        public List<DateTimeOffset> Flood(DateTimeOffset until, TimeSpan every)
        {
            var taken = new List<DateTimeOffset>();
            // The guard before the upstream's clock is known lets the pace lag by as much.
            for (; _time.TrueNow <= until.AddSeconds(10); _time.Advance(every))
            {
                if (HasRoom(urgent: false))
                {
                    Earliest().ShouldBe(Now);
                    Take();
                    taken.Add(_time.TrueNow);
                }
                else
                {
                    Earliest().ShouldBeGreaterThan(Now);
                }
            }

            return taken;
        }
    }
}
