namespace Headgate.Tests.Engine;

public sealed class PacedBudgetTests
{
    [Fact]
    public void A_flood_all_day_leaves_calls_for_the_evening_and_the_reserve_for_an_urgent_ask()
    {
        const string Daily = "per: 1 day in Etc/UTC at 00:00, scope: limitKey";
        var world = new EngineWorld(yaml: EngineWorld.Yaml.Replace(Daily, $"{Daily}, reserve: 10%, paced: true", StringComparison.Ordinal));
        world.Run(async () =>
        {
            // From 04:00; the window began at midnight, so a sixth of the day's share is there at once.
            var token = 0;
            var byHour = new Dictionary<int, int>();
            while (world.Time.TrueNow.TimeOfDay < new TimeSpan(23, 50, 0))
            {
                var result = await world.Fetch($"/scarce/{token++}");
                if (result.Kind == FetchKind.Fetched)
                {
                    byHour[world.Time.TrueNow.Hour] = byHour.GetValueOrDefault(world.Time.TrueNow.Hour) + 1;
                }
                else
                {
                    result.Refusal!.RetryAt!.Value.ToUtc().ShouldBeGreaterThan(world.Time.TrueNow);
                }

                await world.Time.Delay(TimeSpan.FromMinutes(1));
            }

            world.Calls.Count.ShouldBeInRange(21, 23);
            byHour.Where(calls => calls.Key >= 18).Sum(calls => calls.Value).ShouldBeGreaterThanOrEqualTo(4);
            (await world.Fetch("/scarce/urgent", urgency: 0)).Kind.ShouldBe(FetchKind.Fetched);
        });
    }
}
