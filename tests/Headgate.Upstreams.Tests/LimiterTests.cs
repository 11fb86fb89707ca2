using Headgate.Upstreams.Limits;

namespace Headgate.Upstreams.Tests;

public sealed class LimiterTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_sliding_window_admits_the_next_call_exactly_one_window_after_the_first()
    {
        var limiter = new SlidingWindowLimiter(1, TimeSpan.FromSeconds(1));

        limiter.TryTake(0).ShouldBeTrue();
        limiter.TryTake(Second - 1).ShouldBeFalse();
        limiter.TryTake(Second).ShouldBeTrue();
    }

    [Fact]
    public void A_call_that_weighs_more_takes_all_its_permits_or_none()
    {
        UpstreamLimiter[] limiters =
        [
            new SlidingWindowLimiter(10, TimeSpan.FromSeconds(1)), new FixedWindowLimiter(10, TimeSpan.FromSeconds(1)), new TokenBucketLimiter(10, TimeSpan.FromSeconds(1), 10),
        ];
        foreach (var limiter in limiters)
        {
            limiter.TryTake(DateTime.UnixEpoch.Ticks, 7).ShouldBeTrue();
            limiter.TryTake(DateTime.UnixEpoch.Ticks, 4).ShouldBeFalse();
            limiter.Used(DateTime.UnixEpoch.Ticks).ShouldBe(7);
            limiter.TryTake(DateTime.UnixEpoch.Ticks, 3).ShouldBeTrue();
            limiter.TryTake(DateTime.UnixEpoch.Ticks + Second, 10).ShouldBeTrue();
            limiter.TryTake(DateTime.UnixEpoch.Ticks + (Second * 5), 11).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_lock_out_shuts_its_key_alone_until_it_ends_and_tells_who_goes_on()
    {
        var table = new LimitTable([new LimitRule("base", "base", 1, TimeSpan.FromSeconds(1)) { LockOut = TimeSpan.FromSeconds(30) }]);
        table.Arrive([new LimitCharge("base", "a")], 0).ShouldBeNull();
        table.Arrive([new LimitCharge("base", "a")], 1)!.IsRepeated.ShouldBeFalse();
        table.Arrive([new LimitCharge("base", "a")], Second * 29)!.IsRepeated.ShouldBeTrue();
        table.Arrive([new LimitCharge("base", "b")], Second * 29).ShouldBeNull();
        table.Arrive([new LimitCharge("base", "a")], (Second * 30) + 1).ShouldBeNull();
    }

    [Fact]
    public void A_call_that_breaks_one_of_several_limits_spends_none()
    {
        var table = new LimitTable([new LimitRule("bot", "bot", 2, TimeSpan.FromSeconds(1)), new LimitRule("chat", "chat", 1, TimeSpan.FromSeconds(1))]);
        LimitCharge[] message = [new("bot", "b"), new("chat", "1")];
        table.Arrive(message, 0).ShouldBeNull();
        table.Arrive(message, 0)!.Rule.Name.ShouldBe("chat");
        table.Arrive([new("bot", "b"), new("chat", "2")], 0).ShouldBeNull();
    }

    [Fact]
    public void A_token_bucket_starts_full_and_then_admits_at_its_rate()
    {
        var limiter = new TokenBucketLimiter(10, TimeSpan.FromSeconds(1), burst: 15);

        Enumerable.Range(0, 20).Count(_ => limiter.TryTake(5 * Second)).ShouldBe(15);
        limiter.TryTake((5 * Second) + (Second / 10) - 1).ShouldBeFalse();
        limiter.TryTake((5 * Second) + (Second / 10)).ShouldBeTrue();
    }

    [Fact]
    public void A_daily_window_begins_at_midnight_of_its_zone()
    {
        var ist = TimeSpan.FromMinutes(330);
        var limiter = new FixedWindowLimiter(1, TimeSpan.FromDays(1), -ist);
        var midnight = new DateTimeOffset(2026, 11, 20, 0, 0, 0, ist).UtcTicks;

        limiter.TryTake(midnight - 1).ShouldBeTrue();
        limiter.TryTake(midnight).ShouldBeTrue();
        limiter.TryTake(midnight + (Second * 86_400) - 1).ShouldBeFalse();
    }

    [Theory]
    [InlineData(LimiterKind.SlidingWindow)]
    [InlineData(LimiterKind.FixedWindow)]
    [InlineData(LimiterKind.TokenBucket)]
    public void Verdicts_equal_a_brute_force_model_for_random_arrivals(LimiterKind kind)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var permits = random.Next(1, 8);
            var burst = random.Next(1, 12);
            var window = random.Next(1, 50);
            var rule = new LimitRule("r", "c", permits, TimeSpan.FromTicks(window), kind) { Burst = burst };
            var limiter = rule.Create();
            var taken = new List<long>();
            long now = random.Next(0, 1000);
            for (var i = 0; i < 200; i++)
            {
                now += random.Next(0, 1 + (2 * window / permits));
                var expected = Model(kind, taken, now, permits, window, burst);
                limiter.TryTake(now).ShouldBe(expected, $"seed {seed}, call {i}");
                if (expected)
                {
                    taken.Add(now);
                }
            }
        }
    }

    [Fact]
    public void A_clock_that_steps_back_counts_as_no_time_passing()
    {
        var limiter = new SlidingWindowLimiter(1, TimeSpan.FromSeconds(1));

        limiter.TryTake(10 * Second).ShouldBeTrue();
        limiter.TryTake(3 * Second).ShouldBeFalse();
        limiter.TryTake(11 * Second).ShouldBeTrue();
    }

    private static bool Model(LimiterKind kind, List<long> taken, long now, int permits, int window, int burst) => kind switch
    {
        LimiterKind.SlidingWindow => taken.Count(t => t > now - window) < permits,
        LimiterKind.FixedWindow => taken.Count(t => Cell(t, window) == Cell(now, window)) < permits,
        _ => Level(taken, now, permits, window, burst) >= window,
    };

    private static long Cell(long at, int window) => (long)Math.Floor((at - DateTime.UnixEpoch.Ticks) / (decimal)window);

    // The bucket simulated tick by tick since the first call, in units of 1/window tokens.
    private static long Level(List<long> taken, long now, int permits, int window, int burst)
    {
        var full = (long)burst * window;
        var level = full;
        var next = 0;
        for (var tick = taken.Count == 0 ? now : taken[0]; tick <= now; tick++)
        {
            level = tick == (taken.Count == 0 ? now : taken[0]) ? full : Math.Min(full, level + permits);
            for (; next < taken.Count && taken[next] == tick; next++)
            {
                level -= window;
            }
        }

        return level;
    }
}
