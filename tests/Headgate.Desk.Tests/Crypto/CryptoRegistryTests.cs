using Headgate.Catalogue;
using Headgate.Desk.Crypto;
using Headgate.Desk.Crypto.KingFisher;
using Headgate.Desk.Crypto.Registry;
using Headgate.Refresh;
using Headgate.Upstreams;
using Headgate.Upstreams.Cryptometer;
using Headgate.Upstreams.Providers;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Tests.Crypto;

public sealed class CryptoRegistryTests
{
    private static readonly CryptoRegistry Registry = CryptoRegistry.Shipped;

    [Theory]
    [InlineData("AVAX")]
    [InlineData("avax")]
    [InlineData(" Avax ")]
    [InlineData("AVAX-USDT")]
    [InlineData("avax-usdt")]
    [InlineData("AVAX/USDT")]
    [InlineData("AVAXUSDT")]
    [InlineData("avax_usdt")]
    public void Every_way_to_write_a_symbol_is_one(string text) => CryptoSymbol.Parse(text).ShouldBe(CryptoSymbol.Parse("AVAX"));

    [Theory]
    [InlineData("")]
    [InlineData("AVAX-BTC")]
    [InlineData("-USDT")]
    [InlineData("AVAX USDT")]
    [InlineData("Äther")]
    [InlineData("ABCDEFGHIJKLMNOP")]
    public void What_is_no_symbol_is_told(string text) => Should.Throw<FormatException>(() => CryptoSymbol.Parse(text)).Message.ShouldContain("AVAX-USDT");

    [Fact]
    public void USDT_itself_is_a_coin() => CryptoSymbol.Parse("USDT").Pair.ShouldBe("USDT-USDT");

    [Fact]
    public void Defect_7_there_is_one_registry_of_23_endpoints_and_the_17_and_the_18th_are_among_them()
    {
        Registry.Endpoints.Where(endpoint => endpoint.Row > 0).Select(endpoint => endpoint.Row).ShouldBe(Enumerable.Range(1, 23));
        Registry.Endpoints.Where(endpoint => endpoint.Row > 0 && endpoint.Group is not null).Select(endpoint => endpoint.Name).ShouldBe(
        [
            "ticker", "rapid_movements", "ls_ratio", "liquidation_data_v2", "trend_indicator_v3", "ai_screener", "ai_screener_analysis", "tickerlist_pro", "coinlist", "cryptocurrency_info", "coin_info",
            "forex_rates", "open_interest",
        ]);
    }

    [Fact]
    public void Every_endpoint_writes_the_symbol_as_its_upstream_wants_it_and_the_upstream_answers()
    {
        var twin = new CryptometerTwin(new CryptometerOptions { Pairs = 50, Unlimited = true });
        foreach (var endpoint in Registry.Endpoints.Where(endpoint => endpoint.Row > 0))
        {
            var target = endpoint.Target(CryptoSymbol.Parse("avax"));
            var reply = twin.Handle(new TwinRequest("GET", target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "api_key=demo", []), DateTimeOffset.UnixEpoch.AddYears(50));
            System.Text.Encoding.UTF8.GetString(reply.Body.Span).ShouldStartWith("{\"success\":\"true\"", customMessage: target);
        }
    }

    [Fact]
    public void The_catalogue_knows_every_endpoint_by_its_name_and_holds_it_as_long()
    {
        var catalogue = new CatalogueSource([]).Load();
        foreach (var endpoint in Registry.Endpoints.Where(endpoint => endpoint.Row > 0))
        {
            var known = catalogue.Providers["cryptometer"].Endpoints.Single(model => model.Name == endpoint.Name.Replace('_', '-'));
            (known.Freshness.Ttl, known.Freshness.Stale).ShouldBe((endpoint.Ttl, endpoint.StaleMax), endpoint.Name);
        }
    }

    [Fact]
    public void Settings_change_rows_and_levels()
    {
        var options = From(("endpoints:ls_ratio:ttl", "00:02:00"), ("endpoints:ls_ratio:group", "none"), ("endpoints:kingfisher.rsi_heatmap:level", "hot"), ("endpoints:xtrades:group", "low"), ("endpoints:xtrades:weight", "9"));
        var registry = options.Registry();
        var ratio = registry.Find("ls_ratio")!;
        (ratio.Ttl, ratio.Group).ShouldBe((TimeSpan.FromMinutes(2), null));
        var heat = registry.Find("rsi_heatmap")!;
        (heat.Ttl, heat.Priority, heat.StaleMax).ShouldBe((TimeSpan.FromMinutes(5), WatchPriority.Critical, TimeSpan.FromMinutes(15)));
        (registry.Find("xtrades")!.Group, registry.Find("xtrades")!.Weight).ShouldBe((WatchPriority.Low, 9));
        registry.Find("ticker").ShouldBe(Registry.Find("ticker"));
    }

    [Fact]
    public void What_is_wrong_with_settings_is_told_all_at_once_by_place()
    {
        var fault = Should.Throw<FormatException>(() => From(
            ("endpoints:nothing:ttl", "00:02:00"), ("endpoints:ticker:ttl", "00:00:00"), ("endpoints:ticker:group", "urgent"), ("endpoints:ticker:weight", "101"), ("endpoints:ticker:level", "hot"),
            ("strategy", "reckless"), ("symbols", "AVAX, AVAX-BTC"))).Message;
        fault.ShouldContain("desk:crypto:endpoints:nothing is no endpoint; there are ticker, rapid_movements");
        fault.ShouldContain("desk:crypto:endpoints:ticker:ttl is 00:00:00; expected 1 s to 31 days.");
        fault.ShouldContain("desk:crypto:endpoints:ticker:group is 'urgent'; expected critical, high, medium, low or none.");
        fault.ShouldContain("desk:crypto:endpoints:ticker:weight is 101; expected 0 to 100.");
        fault.ShouldContain("desk:crypto:endpoints:ticker:level is for KingFisher's kinds");
        fault.ShouldContain("desk:crypto:strategy is 'reckless'; expected auto");
        fault.ShouldContain("desk:crypto:symbols holds 'AVAX-BTC'; expected");
    }

    [Fact]
    public void There_are_25_symbols_by_default_each_once()
    {
        var symbols = new CryptoOptions().SymbolList();
        (symbols.Count, symbols[0].Name).ShouldBe((25, "AVAX"));
        new CryptoOptions { Symbols = "avax, AVAX-USDT" }.SymbolList().Count.ShouldBe(1);
        Should.Throw<FormatException>(() => new CryptoOptions { Symbols = string.Join(',', Enumerable.Range(0, 81).Select(i => $"C{i}")) }.Check());
    }

    [Theory]
    [InlineData("liquidation_map", KingFisherLevel.Hot, 15)]
    [InlineData("rsi_heatmap", KingFisherLevel.Warm, 60)]
    [InlineData("liq_ratio_longterm", KingFisherLevel.Cold, 360)]
    [InlineData("professional_report", KingFisherLevel.Frozen, 1440)]
    public void A_chart_is_fresh_and_stale_by_its_level(string type, KingFisherLevel level, int staleMinutes)
    {
        var chart = Registry.Find("kingfisher." + type)!;
        (chart.Ttl, chart.StaleMax).ShouldBe((level.Ttl(), TimeSpan.FromMinutes(staleMinutes)));
        chart.Target(CryptoSymbol.Parse("BTC")).ShouldBe($"/latest?type={type}&symbol=BTC");
    }

    private static CryptoOptions From(params (string Key, string Value)[] settings) =>
        CryptoOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("desk:crypto:" + setting.Key, (string?)setting.Value))).Build());
}
