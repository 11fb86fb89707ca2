using Headgate.Refresh;

namespace Headgate.Tests.Refresh;

public sealed class StrategyKeeperTests
{
    private static readonly EngineTime Start = new(TimeSpan.TicksPerDay);

    private readonly StrategyKeeper _keeper = new();
    private EngineTime _now = Start;

    [Fact]
    public void Use_of_95_percent_leads_to_MINIMAL_at_once_and_85_to_CONSERVATIVE()
    {
        Observe(95).ShouldBe(RefreshStrategy.Minimal);
        new StrategyKeeper().ShouldSatisfyAllConditions(
            other => other.Observe(Start, 80, limited: false, aggressiveFits: false).ShouldBeFalse(),
            other => other.Observe(Start, 85, limited: false, aggressiveFits: false).ShouldBeTrue(),
            other => other.Strategy.ShouldBe(RefreshStrategy.Conservative),
            other => other.Observe(Start + TimeSpan.FromSeconds(5), 95, limited: false, aggressiveFits: false).ShouldBeTrue(),
            other => other.Strategy.ShouldBe(RefreshStrategy.Minimal));
    }

    [Fact]
    public void Thirty_percent_for_three_minutes_is_one_step_back_and_three_more_the_next()
    {
        Observe(95);
        Pass(TimeSpan.FromSeconds(175), 30).ShouldBe(RefreshStrategy.Minimal);
        Pass(TimeSpan.FromSeconds(10), 30).ShouldBe(RefreshStrategy.Conservative);
        Pass(TimeSpan.FromSeconds(175), 30).ShouldBe(RefreshStrategy.Conservative);
        Pass(TimeSpan.FromSeconds(10), 30).ShouldBe(RefreshStrategy.Normal);
        Pass(TimeSpan.FromHours(1), 0).ShouldBe(RefreshStrategy.Normal);
    }

    [Fact]
    public void A_moment_above_40_percent_starts_the_three_minutes_anew()
    {
        Observe(95);
        Pass(TimeSpan.FromSeconds(120), 30);
        Observe(41);
        Pass(TimeSpan.FromSeconds(170), 30).ShouldBe(RefreshStrategy.Minimal);
        Pass(TimeSpan.FromSeconds(20), 30).ShouldBe(RefreshStrategy.Conservative);
    }

    [Fact]
    public void Between_40_and_80_percent_nothing_changes()
    {
        Observe(85);
        Pass(TimeSpan.FromHours(2), 60).ShouldBe(RefreshStrategy.Conservative);
    }

    [Fact]
    public void Volatility_is_AGGRESSIVE_below_60_percent_and_NORMAL_after_15_minutes_without()
    {
        _keeper.Volatile(_now);
        Observe(30).ShouldBe(RefreshStrategy.Aggressive);
        Pass(TimeSpan.FromMinutes(10), 30).ShouldBe(RefreshStrategy.Aggressive);
        _keeper.Volatile(_now);
        Pass(TimeSpan.FromMinutes(14.9), 30).ShouldBe(RefreshStrategy.Aggressive);
        Pass(TimeSpan.FromSeconds(10), 30).ShouldBe(RefreshStrategy.Normal);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(30, false)]
    public void Volatility_changes_nothing_when_too_much_is_used_or_would_be(int usage, bool fits)
    {
        _keeper.Volatile(_now);
        Pass(TimeSpan.FromMinutes(5), usage, fits).ShouldBe(RefreshStrategy.Normal);
    }

    [Fact]
    public void A_limit_answer_forces_MINIMAL_whatever_is_used()
    {
        _keeper.Observe(_now, 5, limited: true, aggressiveFits: true).ShouldBeTrue();
        _keeper.Strategy.ShouldBe(RefreshStrategy.Minimal);
        Pass(TimeSpan.FromSeconds(175), 5).ShouldBe(RefreshStrategy.Minimal);
    }

    [Fact]
    public void Whatever_the_use_a_strategy_is_kept_two_minutes_before_it_is_loosened_and_six_lead_from_MINIMAL_to_NORMAL()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var keeper = new StrategyKeeper();
            var now = Start;
            var before = keeper.Strategy;
            var changed = now - TimeSpan.FromHours(1);
            for (var i = 0; i < 2_000; i++)
            {
                now += StepOf(random);
                if (random.Next(50) == 0)
                {
                    keeper.Volatile(now);
                }

                keeper.Observe(now, random.Next(3) == 0 ? random.Next(101) : random.Next(40), random.Next(100) == 0, random.Next(2) == 0);
                if (keeper.Strategy < before)
                {
                    (now - changed).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2), $"seed {seed}");
                    (before - keeper.Strategy).ShouldBe(1);
                }

                changed = keeper.Strategy == before ? changed : now;
                before = keeper.Strategy;
            }
        }
    }

    /// <summary>Refreshing alone on a limit, as it is planned: calls halve with each step, and the use settles.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(79)]
    [InlineData(85)]
    [InlineData(100)]
    public void Use_by_refreshing_alone_settles(int usageUnderNormal)
    {
        var changes = 0;
        for (var i = 0; i < 12 * 60 * 10; i++)
        {
            _now += TimeSpan.FromSeconds(5);
            changes += _keeper.Observe(_now, usageUnderNormal * 2 >> (int)_keeper.Strategy, limited: false, aggressiveFits: false) ? 1 : 0;
        }

        changes.ShouldBeLessThanOrEqualTo(2);
    }

    private static TimeSpan StepOf(Random random) => TimeSpan.FromSeconds(random.Next(1, 20));

    private RefreshStrategy Observe(int usage)
    {
        _keeper.Observe(_now, usage, limited: false, aggressiveFits: true);
        return _keeper.Strategy;
    }

    private RefreshStrategy Pass(TimeSpan time, int usage, bool fits = true)
    {
        var end = _now + time;
        while (_now < end)
        {
            _now = EngineTime.Min(end, _now + TimeSpan.FromSeconds(5));
            _keeper.Observe(_now, usage, limited: false, fits);
        }

        return _keeper.Strategy;
    }
}
