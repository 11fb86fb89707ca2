using Headgate.Upstreams.Limits;

namespace Headgate.Simulation.Tests;

public sealed class BruteLimiterTests
{
    [Theory]
    [InlineData(LimiterKind.SlidingWindow)]
    [InlineData(LimiterKind.FixedWindow)]
    [InlineData(LimiterKind.TokenBucket)]
    public void It_agrees_with_the_twins_limiter_up_to_the_first_violation(LimiterKind kind)
    {
        var violations = 0;
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var permits = 1 + random.Next(4);
            var window = TimeSpan.FromMilliseconds(1 + random.Next(1000));
            var twin = new LimitRule("r", "c", permits, window, kind).Create();
            var brute = new BruteLimiter(kind, permits, window);
            var now = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc).Ticks;
            for (var i = 0; i < 60; i++)
            {
                now += random.Next(3) == 0 ? 0 : random.NextInt64(window.Ticks * 2 / permits);
                var admitted = twin.TryTake(now);
                brute.Arrive(now).ShouldBe(admitted, $"seed {seed}, arrival {i}");
                if (!admitted)
                {
                    violations++;
                    break; // from here on they differ: the twin spends nothing for what it refuses
                }
            }
        }

        violations.ShouldBeGreaterThan(100);
    }
}
