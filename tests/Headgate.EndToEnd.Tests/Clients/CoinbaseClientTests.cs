using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;
using Headgate.Upstreams.CoinbaseExchange;

namespace Headgate.EndToEnd.Tests.Clients;

/// <summary>The npm client ccxt for Coinbase Exchange, with nothing changed but its URLs: public calls, and private ones signed over the exact bytes.</summary>
public sealed class CoinbaseClientTests
{
    // What must not only be equal but succeed: an upstream that answers both ways with the same error proves little.
    private static readonly string[] MustSucceed =
    [
        "fetchCurrencies", "fetchMarkets", "fetchTicker", "fetchOrderBook", "fetchTrades", "fetchOHLCV(1d)", "fetchOHLCV(1h)", "fetchTime",
        "fetchAccounts", "fetchBalance", "fetchOpenOrders", "fetchOrders(query signed)", "fetchMyTrades", "fetchOrder",
    ];

    [Fact]
    public async Task Public_and_signed_calls_give_through_the_gate_what_they_give_directly()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await CoinbaseUpstream.StartAsync();
        await using var gate = await GateProcess.StartAsync(
            data.Path, [], new Dictionary<string, string?>(StringComparer.Ordinal) { ["HEADGATE_PROVIDERS__COINBASE__BASEURL"] = upstream.Address.ToString() });
        var key = CoinbaseKey.Demo;

        var result = await NpmClient.RunAsync(
            "coinbase", "compare.mjs", upstream.Address.ToString().TrimEnd('/'), $"{gate.Address.ToString().TrimEnd('/')}/coinbase", key.Key, key.Secret, key.Passphrase);

        result.ExitCode.ShouldBe(0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var methods = report.RootElement.EnumerateArray().ToList();
        methods.Where(method => method.GetProperty("differing").GetInt32() > 0 || !method.GetProperty("settled").GetBoolean()).Select(method => method.ToString()).ShouldBeEmpty();
        MustSucceed.Except(methods.Where(method => method.GetProperty("succeeded").GetBoolean()).Select(method => method.GetProperty("method").GetString()!), StringComparer.Ordinal)
            .ShouldBeEmpty(result.Output);
        methods.Single(method => method.GetProperty("method").GetString() is "fetchBalance(forged signature)").GetProperty("succeeded").GetBoolean().ShouldBeFalse();
        methods.Sum(method => method.GetProperty("fields").GetInt64()).ShouldBeGreaterThan(500);
        upstream.Counts.Violations.ShouldBe(0);
        upstream.Counts.ArrivalsByEndpoint["order-place"].ShouldBe(1);
    }
}
