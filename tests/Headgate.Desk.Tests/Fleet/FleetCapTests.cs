using Headgate.Catalogue;
using Headgate.Desk.Fleet;

namespace Headgate.Desk.Tests.Fleet;

public sealed class FleetCapTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");

    public void Dispose() => File.Delete(_file);

    // The replaced system believed in ten calls a minute; here it is made true for everything, orders included.
    [Fact]
    public void A_whole_day_under_ten_calls_a_minute_refuses_no_order_and_no_look_up_of_one()
    {
        File.WriteAllText(_file, """
            provider: coinbase-advanced
            limits:
              public: { permits: 5, per: 1m, scope: provider }
              private: { permits: 5, per: 1m, scope: limitKey, reserve: 80% }
            """);
        var world = new FleetWorld(new FleetOptions { OrdersPerMinute = 2 }, catalogue: new CatalogueSource([_file]).Load());
        var perMinute = new Dictionary<long, int>();
        world.Network.Arrived = (_, _) => perMinute[world.Time.TrueNow.Ticks / TimeSpan.TicksPerMinute] = perMinute.GetValueOrDefault(world.Time.TrueNow.Ticks / TimeSpan.TicksPerMinute) + 1;
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(Day);
            world.Decisions.Select(decision => decision.Pair).Distinct().Count().ShouldBeGreaterThan(5);
            world.Host.Status().Bots.ShouldAllBe(bot => bot.LastOrder == null || bot.LastOrder.Contains(" filled at "));
            await life.StopAsync();
        });
        world.TradingRefused.ShouldBeEmpty();
        world.Twin.Orders.ShouldBe(world.Decisions.Count);
        world.Twin.Orders.ShouldBeGreaterThan(0);
        perMinute.Values.Max().ShouldBeLessThanOrEqualTo(10, FleetBudgetTests.Counts(world));
        (world.Reads / Day.TotalHours).ShouldBeLessThanOrEqualTo(60);
    }
}
