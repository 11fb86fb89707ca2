using Headgate.Markets;
using Headgate.Refresh;
using Headgate.Tests.Engine;
using static Headgate.Tests.Refresh.RefreshWorld;

namespace Headgate.Tests.Refresh;

/// <summary>Design §1.10: a closed market costs no quote calls beyond one verification per item.</summary>
public sealed class ClosedMarketTests
{
    private static readonly string[] Items = ["A", "B", "C", "D", "E", "F", "G"];

    [Fact]
    public void A_weekend_of_polling_and_of_watches_costs_one_verification_per_item()
    {
        var world = New(yaml: Yaml.Replace("XTST", "XNSE", StringComparison.Ordinal));
        world.Markets = new MarketSessions(MarketCalendars.Shipped);
        world.Run(async () =>
        {
            await Until(world, new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.FromHours(5.5)));
            await world.Engine.Refresh.AddAsync(Quotes("w", "0:1:0", WatchPriority.Critical, Items));
            // Friday 2026-11-20: the exchange closes at 15:30 in Kolkata; what was sent just before is verified after.
            await Until(world, new DateTimeOffset(2026, 11, 20, 15, 30, 0, TimeSpan.FromHours(5.5)) + TimeSpan.FromSeconds(0.5));
            var before = world.Calls.Count;
            before.ShouldBeGreaterThan(50, "while it was open the watch was kept");
            var monday = new DateTimeOffset(2026, 11, 23, 8, 55, 0, TimeSpan.FromHours(5.5));
            while (world.Time.TrueNow < monday)
            {
                foreach (var item in Items.Append("Z"))
                {
                    var result = await world.Fetch($"/quote?i={item}", "own abc");
                    result.Kind.ShouldBeOneOf(FetchKind.Hit, FetchKind.Fetched);
                }

                await world.Time.Delay(TimeSpan.FromMinutes(1));
            }

            var asked = world.Calls.Skip(before).SelectMany(EngineWorld.ItemsOf).ToList();
            foreach (var item in Items.Append("Z").Skip(1))
            {
                asked.Count(other => other == item).ShouldBeLessThanOrEqualTo(1, item);
            }

            // On Saturday and on Sunday the credential has to be taken again, which is 24 hours after it was last: one call each.
            asked.Count(other => other == "A").ShouldBeLessThanOrEqualTo(3);
            Of(world, "w").DueAt.ToUtc().ShouldBeGreaterThan(monday);
            // The watch wakes with the market.
            await Until(world, new DateTimeOffset(2026, 11, 23, 9, 20, 0, TimeSpan.FromHours(5.5)));
            world.Calls.Skip(before).SelectMany(EngineWorld.ItemsOf).Count(other => other == "A").ShouldBeGreaterThan(6);
        });
    }

    private static Task Until(EngineWorld world, DateTimeOffset at) => world.Time.Delay(at - world.Time.TrueNow);
}
