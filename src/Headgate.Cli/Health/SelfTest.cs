using System.Net;
using Headgate.Cli.Api;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;

namespace Headgate.Cli.Health;

/// <summary>Runs a whole gate on an emulated upstream and a temporary directory, asks it, and compares what it says with what the upstream counted.</summary>
internal static class SelfTest
{
    private const int Askers = 40;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Market market, TextWriter log, CancellationToken cancellation)
    {
        var directory = Directory.CreateTempSubdirectory("headgate-self-test-");
        try
        {
            var settings = new ServeSettings(directory, Config: null, Catalogue: [], market, AcceptCorruptLedger: false) { Listen = "http://127.0.0.1:0", Quiet = true };
            await using var gate = await RunningGate.StartAsync(settings, log, log, cancellation);
            using var client = new GateClient(gate.Listeners[0].Url);
            return await AskAsync(gate, client, market, cancellation);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Finding>> AskAsync(RunningGate gate, GateClient client, Market market, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var target = $"/kite/quote?i={market.KiteInstruments[0]}";
        var first = await client.AskAsync(target, "self-test", cancellation);
        findings.Add(Judge("a quote", first.Status == HttpStatusCode.OK, $"status {first.Status}, {first.CacheStatus}"));

        var second = await client.AskAsync(target, "self-test", cancellation);
        findings.Add(Judge("the same again", second.CacheStatus.Contains("hit", StringComparison.Ordinal), $"{second.CacheStatus}"));

        var answers = await Task.WhenAll(Enumerable.Range(0, Askers).Select(asker =>
            client.AskAsync($"/kite/quote?i={market.KiteInstruments[asker % market.KiteInstruments.Count]}", $"asker-{asker}", cancellation)));
        var kite = gate.Emulated.HostOf("kite")!.Twin.Counters;
        var arrivals = kite.Arrivals;
        findings.Add(Judge($"{Askers} at once", answers.All(answer => answer.Status == HttpStatusCode.OK) && arrivals < Askers / 4, $"{arrivals} calls in all"));
        findings.Add(Judge("limits", kite.Violations == 0, $"{kite.Violations} broken, as the upstream counted"));

        var calls = gate.Engine.Stats().Sum(endpoint => endpoint.Calls);
        findings.Add(Judge("accounting", calls == arrivals, $"the gate says {calls} calls, the upstream saw {arrivals}"));
        return findings;
    }

    private static Finding Judge(string check, bool well, string detail) => well ? Finding.Good(check, detail) : Finding.Bad(check, detail);
}
