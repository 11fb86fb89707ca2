using Headgate.Desk.Collectors;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Collectors;

public sealed class CollectorRulesTests
{
    [Fact]
    public void Without_settings_everything_has_its_default()
    {
        var options = Read([]);
        options.Symbols.ShouldBe(new CollectorOptions().Symbols);
        options.Feeds.ShouldBe(new CollectorOptions().Feeds, ignoreOrder: true);
        options.Cycle.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Lists_that_are_stated_take_the_place_of_the_default_ones()
    {
        var options = Read(new()
        {
            ["desk:collector:symbols:0"] = "^GSPTSE",
            ["desk:collector:tickers"] = "RY, TD",
            ["desk:collector:factorSymbols"] = "",
            ["desk:collector:feeds:globeandmail"] = "/other/",
            ["desk:collector:barsEvery"] = "00:10:00",
        });
        options.Symbols.ShouldBe(["^GSPTSE"]);
        options.Tickers.ShouldBe(["RY", "TD"]);
        options.FactorSymbols.ShouldBeEmpty();
        options.Feeds.ShouldBe(new Dictionary<string, string> { ["globeandmail"] = "/other/" });
        options.BarsEvery.ShouldBe(TimeSpan.FromMinutes(10));
        options.Commodities.ShouldBe(new CollectorOptions().Commodities);
    }

    [Theory]
    [InlineData("cycle", "00:00:00.5", "desk:collector:cycle is 00:00:00.5000000; expected 00:00:01 to 01:00:00.")]
    [InlineData("newsEvery", "40.00:00:00", "desk:collector:newsEvery")]
    [InlineData("healthWindow", "00:00:10", "desk:collector:healthWindow")]
    [InlineData("barsEvery", "soon", "desk:collector")]
    [InlineData("symbols", "RY.TO,RY.TO", "desk:collector:symbols has 2 entries")]
    [InlineData("feeds:globeandmail", "https://elsewhere.example/feed", "expected a path")]
    public void What_cannot_be_used_is_told_with_place_and_remedy(string name, string value, string told) =>
        Should.Throw<FormatException>(() => Read(new() { [$"desk:collector:{name}"] = value })).Message.ShouldContain(told);

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Should.Throw<FormatException>(() => Read(new() { ["desk:collector:cycle"] = "02:00:00", ["desk:collector:ratesEvery"] = "00:00:00" })).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("cycle"), message => message.ShouldContain("ratesEvery"));

    private static CollectorOptions Read(Dictionary<string, string?> settings) => CollectorRules.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
