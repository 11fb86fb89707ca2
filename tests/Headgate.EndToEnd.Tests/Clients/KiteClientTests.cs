using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests.Clients;

/// <summary>The official npm client, with nothing changed but its root.</summary>
public sealed class KiteClientTests
{
    // What must not only be equal but succeed: an upstream that answers both ways with the same error proves little.
    private static readonly string[] MustSucceed =
    [
        "getProfile", "getMargins", "getMargins(equity)", "getOrders", "getOrderHistory", "getOrderTrades", "getTrades", "getHoldings", "getPositions", "getInstruments", "getInstruments(NSE)",
        "getQuote", "getQuote(one)", "getQuote(unknown among known)", "getOHLC", "getLTP", "getHistoricalData(day)", "getHistoricalData(minute)",
    ];

    [Fact]
    public async Task Every_read_method_gives_through_the_gate_what_it_gives_directly()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        await using var gate = await GateProcess.StartAsync(data.Path, [], GateProcess.Upstream(upstream.Address));
        string[] account = KiteUpstream.Credential["token ".Length..].Split(':');

        var result = await NpmClient.RunAsync(
            "kite",
            "compare.mjs",
            upstream.Address.ToString().TrimEnd('/'),
            $"{gate.Address.ToString().TrimEnd('/')}/kite",
            account[0],
            account[1],
            upstream.Tokens(1)[0],
            "2026-11-16 09:15:00",
            "2026-11-20 15:30:00");

        result.ExitCode.ShouldBe(0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var methods = report.RootElement.EnumerateArray().ToList();
        methods.Where(method => method.GetProperty("differing").GetInt32() > 0).Select(method => method.ToString()).ShouldBeEmpty();
        MustSucceed.Except(methods.Where(method => method.GetProperty("succeeded").GetBoolean()).Select(method => method.GetProperty("method").GetString()!), StringComparer.Ordinal)
            .ShouldBeEmpty();
        methods.Count(method => !method.GetProperty("succeeded").GetBoolean()).ShouldBeGreaterThanOrEqualTo(3, "the unknown caller's questions");
        methods.Sum(method => method.GetProperty("fields").GetInt64()).ShouldBeGreaterThan(1_000);
        upstream.Counts.Violations.ShouldBe(0);
        upstream.Counts.ArrivalsByEndpoint["order-place"].ShouldBe(1);
    }
}
