using Headgate.Desk.Analytics;

namespace Headgate.Desk.Tests.Analytics;

public sealed class SectorReadingTests
{
    [Fact]
    public void A_sector_is_weighted_by_market_capitalisation()
    {
        var sector = SectorReading.Of([Member("A", 300, 2, 3), Member("B", 100, -2, 1), Member("C", 100, 1, 1)]).Single();
        sector.Change10.ShouldBe(1);
        sector.VolumeRatio.ShouldBe(2.2m);
        Math.Round(sector.Breadth, 2).ShouldBe(66.67m);
        Math.Round(sector.Momentum, 4).ShouldBe(Math.Round(1 * 2.2m * 2 / 3, 4));
    }

    [Fact]
    public void Without_all_capitalisations_stocks_weigh_the_same() =>
        SectorReading.Of([Member("A", 300, 3, 1), Member("B", null, 0, 1), Member("C", 100, 0, 1)]).Single().Change10.ShouldBe(1);

    [Fact]
    public void Fewer_than_three_stocks_are_no_sector() => SectorReading.Of([Member("A", 1, 1, 1), Member("B", 1, 1, 1), Member("C", 1, null, 1)]).ShouldBeEmpty();

    [Fact]
    public void The_strongest_comes_first() =>
        SectorReading.Of([.. "ABC".Select(c => Member($"{c}", 1, -1, 1)), .. "DEF".Select(c => Member($"{c}", 1, 1, 1, "Up"))]).Select(static sector => sector.Name).ShouldBe(["Up", "Banks"]);

    private static SectorMember Member(string symbol, decimal? cap, decimal? change, decimal? ratio, string sector = "Banks") => new(symbol, sector, cap, change, change, change, ratio);
}
