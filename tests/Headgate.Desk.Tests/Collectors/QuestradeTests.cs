using System.Text;
using Headgate.Desk.Collectors;
using Headgate.Desk.Collectors.Questrade;
using Headgate.Desk.Collectors.Readings;
using Headgate.Testing;

namespace Headgate.Desk.Tests.Collectors;

public sealed class QuestradeTests
{
    private static readonly CollectorOptions Only = new() { Symbols = [], Commodities = [], Feeds = new Dictionary<string, string>(), RateGroups = [], FactorSymbols = [] };

    [Fact]
    public void Ten_quotes_cost_one_call_and_numbers_of_symbols_are_asked_once_a_day()
    {
        var world = new CollectorWorld(Only);
        world.Live(TimeSpan.FromHours(2));
        var endpoints = world.Questrade.Counters.Snapshot().ArrivalsByEndpoint;
        endpoints["/v1/symbols/search"].ShouldBe(10);
        endpoints["/v1/markets/quotes"].ShouldBe(24);
        endpoints["/v1/accounts"].ShouldBe(1);
        world.Collections.ShouldAllBe(collection => collection.Quotes.State == ReadingState.Fresh && collection.Quotes.Items.Count == 10);
    }

    [Theory]
    [InlineData("2026-11-20T16:00:30-05:00")] // just closed
    [InlineData("2026-11-21T12:00:00-05:00")] // a Saturday
    [InlineData("2026-12-25T11:00:00-05:00")] // Christmas
    public void A_closed_market_costs_nothing_beyond_one_verification(string start)
    {
        var world = new CollectorWorld(Only, DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        world.Live(TimeSpan.FromHours(8));
        var endpoints = world.Questrade.Counters.Snapshot().ArrivalsByEndpoint;
        endpoints["/v1/markets/quotes"].ShouldBe(1);
        endpoints.Where(endpoint => endpoint.Key.EndsWith("positions", StringComparison.Ordinal) || endpoint.Key.EndsWith("balances", StringComparison.Ordinal)).ShouldAllBe(endpoint => endpoint.Value == 1);
        world.Collections[^1].Quotes.State.ShouldBe(ReadingState.Fresh);
    }

    [Fact]
    public void Nothing_is_ever_sent_but_reads_and_the_sign_in()
    {
        var world = new CollectorWorld(Only);
        world.Live(TimeSpan.FromHours(1));
        world.Questrade.Counters.Log().Where(arrival => arrival.Route.Endpoint != "/oauth2/token").ShouldAllBe(arrival => arrival.Request.Method == "GET");
        // There is no code path: the collectors never send, whatever QUESTRADE_ALLOW_TRADING says.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Headgate.Desk", "Collectors"), "*.cs", SearchOption.AllDirectories))
        {
            var code = File.ReadAllText(file);
            code.ShouldNotContain("SendAsync", customMessage: file);
            code.ShouldNotContain("DeskMessage", customMessage: file);
        }
    }

    [Theory]
    [InlineData("""{"symbols":[{"symbol":"RY.PR.Z","symbolId":1},{"symbol":"RY","symbolId":2}]}""", 2)]
    [InlineData("""{"symbols":[{"symbol":"RY.TO","symbolId":7},{"symbol":"RYA","symbolId":8}]}""", 7)]
    public void A_symbol_is_the_exact_match_and_otherwise_the_first_entry(string answer, long id) => QuestradeJson.Symbol(Encoding.UTF8.GetBytes(answer), "RY")!.Id.ShouldBe(id);

    [Fact]
    public void A_ticker_nobody_knows_is_unavailable_alone()
    {
        var world = new CollectorWorld(Only with { Tickers = ["RY", "NOPE", "TD"] });
        world.Live(TimeSpan.FromSeconds(30));
        var quotes = world.Collections[0].Quotes;
        quotes.Items.Select(reading => reading.State).ShouldBe([ReadingState.Fresh, ReadingState.Unavailable, ReadingState.Fresh]);
        quotes.Items[1].Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Without_a_sign_in_everything_of_questrade_is_unavailable_and_says_what_to_do()
    {
        var world = new CollectorWorld(Only);
        world.Secrets.Remove("QUESTRADE_REFRESH_TOKEN");
        world.Live(TimeSpan.FromMinutes(3));
        world.Collections[^1].Quotes.State.ShouldBe(ReadingState.Unavailable);
        world.Collections[^1].Quotes.Items.ShouldAllBe(reading => reading.Reason!.Contains("QUESTRADE_REFRESH_TOKEN"));
        world.Questrade.Counters.Arrivals.ShouldBe(0);
    }

    [SharedFact]
    public void Recorded_answers_are_read()
    {
        QuestradeJson.Positions(File.ReadAllBytes(SharedFiles.Path("fixtures", "questrade", "positions.json"))).Positions![0].ShouldBe(new Position("XYZ", 3, 1000, 1040));
        QuestradeJson.Balances(File.ReadAllBytes(SharedFiles.Path("fixtures", "questrade", "balances.json"))).Balances![1].ShouldBe(new Balance("USD", 6.304468m, 130.654468m, 232.282378m));
        var quotes = QuestradeJson.Quotes(File.ReadAllBytes(SharedFiles.Path("fixtures", "questrade", "quotes_batch.json")));
        quotes[8049].ShouldSatisfyAllConditions(quote => quote.Last.ShouldBe(229.05m), quote => quote.IsDelayed.ShouldBeFalse(), quote => quote.TradedAt!.Value.Offset.ShouldBe(TimeSpan.FromHours(-4)));
        QuestradeJson.Quotes(File.ReadAllBytes(SharedFiles.Path("fixtures", "questrade", "quotes_batch_delayed.json"))).Values.ShouldContain(quote => quote.IsDelayed);
    }
}
