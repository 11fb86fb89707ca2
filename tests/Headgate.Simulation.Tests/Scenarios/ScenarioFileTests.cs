using Headgate.Catalogue;
using Headgate.Markets;
using Headgate.Simulation.Tests.Days;
using Headgate.Upstreams;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Simulation.Tests.Scenarios;

public sealed class ScenarioFileTests
{
    private const string Fleet = """
        scenario: two-desks
        provider: kite
        start: 2026-11-20T09:00:00+05:30
        length: 1h
        clients:
          - { name: desk, count: 3, endpoint: quote, items: ['NSE:INFY', 'NSE:TCS'], every: 10s, bound: 10s, hours: session }
          - { name: other, credential: 'token other:secret', endpoint: quote-ltp, items: 'NSE:LT', every: 30s, urgency: 2, hours: 09:20-09:30 }
          - { name: spot, endpoint: quote, items: 'NSE:NIFTY 50', every: 60s }
          - { name: strikes, after: spot, endpoint: quote, items: 'NFO:NIFTY26NOV24500CE', every: 60s }
          - { name: books, target: /portfolio/positions, every: 5m }
        """;

    [Fact]
    public void A_file_lists_clients_items_cadence_bounds_urgency_hours_and_credentials()
    {
        var scenario = Load(Fleet);
        scenario.Name.ShouldBe("two-desks");
        scenario.Clients.Select(client => client.Name).ShouldBe(["desk-1", "desk-2", "desk-3", "other", "spot", "strikes", "books"]);
        scenario.Clients[3].Headers.Single().Value.ShouldBe("token other:secret");
        var asks = scenario.Asks(1);
        var desk = asks.Where(ask => ask.Client == 0).ToList();
        desk.Count.ShouldBe(270); // 09:15 to 10:00
        desk[0].At.ShouldBe(TimeSpan.FromMinutes(15));
        desk[0].Target.ShouldBe("/quote?i=NSE%3AINFY&i=NSE%3ATCS");
        desk[0].Bound.ShouldBe(TimeSpan.FromSeconds(10));
        var other = asks.Where(ask => ask.Client == 3).ToList();
        other.Count.ShouldBe(20);
        other[0].At.ShouldBe(TimeSpan.FromMinutes(20));
        other[0].Urgency.ShouldBe(2);
        asks.Where(ask => ask.Client == 5).ShouldAllBe(ask => asks[ask.After].Client == 4 && asks[ask.After].At == ask.At);
        asks.Where(ask => ask.Client == 6).ShouldAllBe(ask => ask.Target == "/portfolio/positions" && ask.Bound == null);
        asks.Select(ask => ask.At).ShouldBeInOrder();
    }

    [Fact]
    public void A_file_is_replayed_like_a_built_in_scenario()
    {
        var report = DayRunTests.Run(Load(Fleet));
        report.Gate.Violations.ShouldBe(0);
        report.Gate.Failed.ShouldBe(0);
        report.Gate.Answered.ShouldBe(report.Asks);
        report.Gate.CallsByEndpoint["positions"].ShouldBe(12);
    }

    [Theory]
    [InlineData("every: 10s", "every: soon", "clients.desk.every is soon; expected a duration such as 500ms, 1s, 10m, 6h or 30d")]
    [InlineData("endpoint: quote,", "endpoint: quotes,", "clients.desk.endpoint is quotes; expected target, or one of ")]
    [InlineData("after: spot", "after: spit", "clients.strikes.after is spit; expected the name of a client above")]
    [InlineData("count: 3", "cuont: 3", "clients.desk.cuont is unknown; did you mean count?")]
    [InlineData("urgency: 2", "urgency: 9", "clients.other.urgency is 9; expected 0..7")]
    [InlineData("provider: kite", "provider: nobody", "provider is nobody; expected one that is emulated: airtable, alpaca, alphavantage, ")]
    [InlineData("length: 1h", "length: 400d", "length is 400d; expected up to 31d")]
    public void What_is_wrong_is_told_with_file_and_line(string right, string wrong, string message)
    {
        var text = Fleet.Replace(right, wrong, StringComparison.Ordinal);
        var error = Should.Throw<CatalogueException>(() => Load(text)).Errors[0];
        error.File.ShouldBe("fleet.yaml");
        error.Message.ShouldStartWith(message);
        text.Split('\n')[error.Line - 1].ShouldContain(wrong);
    }

    public static TheoryData<string, string, string> Providers { get; } = new()
    {
        { "alphavantage", "target: '/query?function=GLOBAL_QUOTE&symbol=AAPL'", "5m" },
        { "finnhub", "target: '/quote?symbol=AAPL'", "2s" },
        { "newsapi", "target: '/v2/everything?q=oil'", "5m" },
        { "questrade", "endpoint: quotes, items: ['38738', '8049']", "2s" },
        { "twelvedata", "endpoint: price, items: [AAPL, MSFT]", "30s" },
        { "binance", "target: '/api/v3/ticker/price?symbol=BTCUSDT'", "1s" },
        { "kraken", "target: '/0/public/Ticker?pair=XBTUSD'", "2s" },
        { "cryptometer", "target: '/ticker/?e=binance&market_pair=BTCUSDT'", "30s" },
        { "yahoo", "endpoint: quote, items: [AAPL, MSFT]", "2s" },
        { "coinbase", "target: /products/BTC-USD/ticker", "1s" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public void Any_provider_with_a_twin_may_be_named_and_its_limits_are_kept(string provider, string asks, string every)
    {
        var report = DayRunTests.Run(Load($$"""
            scenario: {{provider}}-day
            provider: {{provider}}
            start: 2026-11-20T14:30:00+00:00
            length: 1h
            clients:
              - { name: bot, count: 3, {{asks}}, every: {{every}} }
            """));
        report.Gate.Violations.ShouldBe(0);
        report.Gate.Failed.ShouldBe(0);
        report.Gate.Answered.ShouldBeGreaterThan(report.Asks / 2);
        report.Gate.Calls.ShouldBeLessThan(report.Asks);
    }

    [Fact]
    public void Every_twin_of_the_registry_makes_itself_under_its_own_name() =>
        TwinRegistry.Names.Select(name => TwinRegistry.Make(name, new TwinSetup(1, DateTimeOffset.UnixEpoch.AddYears(56))).Name).ShouldBe(TwinRegistry.Names);

    [Fact]
    public void A_credential_of_a_provider_that_reads_it_in_the_query_goes_there()
    {
        var scenario = Load("""
            scenario: keys
            provider: alphavantage
            start: 2026-11-20T14:30:00+00:00
            length: 10m
            clients: [{ name: bot, credential: other, target: '/query?function=OVERVIEW&symbol=AAPL', every: 5m }]
            """);
        scenario.Asks(1)[0].Target.ShouldBe("/query?function=OVERVIEW&symbol=AAPL&apikey=other");
        DayRunTests.Run(scenario).Gate.Failed.ShouldBe(0);
    }

    private static IScenario Load(string text) => ScenarioFile.Load("fleet.yaml", text, CatalogueLoader.LoadShipped(), new MarketSessions(MarketCalendars.Shipped));
}
