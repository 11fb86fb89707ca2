using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Upstreams;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Providers;

namespace Headgate.EndToEnd.Tests.Clients;

/// <summary>Real clients from npm, with nothing changed but where they call: through the gate their callers get what they get directly, errors included.</summary>
public sealed class ProviderClientTests
{
    private static readonly string[] Keys = ["direct", "gate"];

    public static TheoryData<string, string, string, int> Clients => new()
    {
        // Provider, package directory, script, methods that must succeed.
        { "finnhub", "market", "finnhub.mjs", 6 },
        { "alphavantage", "market", "alphavantage.mjs", 4 },
        { "newsapi", "market", "newsapi.mjs", 3 },
        { "binance", "market", "binance-api-node.mjs", 9 },
        { "binance", "market", "binance-connector.mjs", 10 },
        { "binance", "coinbase", "binance.mjs", 8 },
        { "telegram", "messages", "node-telegram-bot-api.mjs", 3 },
        { "telegram", "messages", "grammy.mjs", 3 },
        { "telegram", "messages", "telegraf.mjs", 3 },
        { "airtable", "messages", "airtable.mjs", 3 },
        { "questrade", "market", "questrade.mjs", 8 },
        { "yahoo", "market", "yahoo-finance2.mjs", 5 },
    };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Through_the_gate_as_directly(string provider, string directory, string script, int succeed)
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await TwinHost.StartAsync(Twin(provider), TimeProvider.System);
        await using var gate = await GateProcess.StartAsync(
            data.Path, [], new Dictionary<string, string?>(StringComparer.Ordinal) { [$"HEADGATE_PROVIDERS__{provider.ToUpperInvariant()}__BASEURL"] = Root(provider, upstream.Address) });

        var result = await NpmClient.RunAsync(
            directory, script, Root(provider, upstream.Address), $"{gate.Address.ToString().TrimEnd('/')}/{provider}", Keys[0], Keys[1]);

        result.ExitCode.ShouldBe(0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var methods = report.RootElement.EnumerateArray().ToList();
        methods.Where(method => method.GetProperty("differing").GetInt32() > 0).Select(method => method.ToString()).ShouldBeEmpty();
        methods.Count(method => method.GetProperty("succeeded").GetBoolean()).ShouldBe(succeed, result.Output);
        var counts = upstream.Twin.Counters.Snapshot();
        counts.Violations.ShouldBe(0, "the twin's own limits");
        counts.Arrivals.ShouldBeGreaterThan(0);
    }

    // The base URL of its definition, at the twin's address.
    private static string Root(string provider, Uri address) => address.GetLeftPart(UriPartial.Authority) + (provider is "finnhub" ? "/api/v1" : "");

    private static Twin Twin(string provider) => provider switch
    {
        "finnhub" => new FinnhubTwin(Keys),
        "alphavantage" => new AlphaVantageTwin(Keys),
        "newsapi" => new NewsApiTwin(Keys),
        "binance" => new BinanceTwin(Keys),
        "telegram" => new TelegramTwin(Keys),
        "questrade" => new QuestradeTwin(),
        "yahoo" => new YahooTwin(),
        _ => new AirtableTwin(Keys),
    };
}
