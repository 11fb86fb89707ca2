using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>Watches of a running gate, by command and API, across a restart.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task A_watch_is_added_fetched_planned_changed_kept_across_a_kill_and_removed()
    {
        using var data = new TemporaryDirectory();
        await using var upstream = await KiteUpstream.ClosedMarketAsync();
        var environment = GateProcess.Upstream(upstream.Address);
        environment["HEADGATE_SECRETS__KITE_AUTHORIZATION"] = KiteUpstream.Credential["token ".Length..];
        environment["HEADGATE_REFRESH__FIRST__TARGET"] = "kite/quote?i=NSE:SBIN";
        environment["HEADGATE_REFRESH__FIRST__EVERY"] = "1h";
        await using (var gate = await GateProcess.StartAsync(data.Path, [], environment))
        {
            var added = await gate.JsonOfAsync("refresh", "add", "kite/quote?i=NSE:INFY&i=NSE:TCS", "--name", "bank", "--every", "30s", "--priority", "high");
            added.GetProperty("plan").GetProperty("providers")[0].GetProperty("callsPerMinute").GetDecimal().ShouldBeGreaterThanOrEqualTo(2);
            (await gate.RunAsync("refresh", "add", "kite/orders")).ExitCode.ShouldBe(1);
            (await gate.RunAsync("refresh", "interval", "nobody", "30s")).ExitCode.ShouldBe(4);
            (await gate.RunAsync("refresh", "pin", "fast")).Error.ShouldContain("'fast' is not aggressive");
            await Fetched(gate);

            (await gate.JsonOfAsync("refresh", "interval", "bank", "10m")).GetProperty("status").GetProperty("watches").EnumerateArray()
                .Single(watch => Name(watch) == "bank").GetProperty("watch").GetProperty("interval").GetDecimal().ShouldBe(600);
            (await gate.JsonOfAsync("refresh", "pin", "conservative", "--provider", "kite")).GetProperty("status").GetProperty("strategy").GetString().ShouldBe("conservative");
            (await gate.RunAsync("refresh", "plan")).Output.ShouldContain("under conservative");
            gate.KillHard();
        }

        environment.Remove("HEADGATE_REFRESH__FIRST__TARGET");
        environment.Remove("HEADGATE_REFRESH__FIRST__EVERY");
        await using (var gate = await GateProcess.StartAsync(data.Path, [], environment))
        {
            var status = await gate.RunAsync("refresh", "status");
            status.Output.ShouldContain("bank");
            status.Output.ShouldContain("conservative");
            (await gate.JsonOfAsync("refresh", "rm", "bank")).GetProperty("status").GetProperty("watches").EnumerateArray().Select(Name).ShouldBe(["FIRST"], ignoreOrder: true, customMessage: "kept by name");
            (await gate.RunAsync("refresh", "rm", "bank")).ExitCode.ShouldBe(4);
            upstream.Counts.ArrivalsByClass["quote"].ShouldBeLessThanOrEqualTo(3);
        }
    }

    private static string? Name(JsonElement watch) => watch.GetProperty("watch").GetProperty("name").GetString();

    private static async Task Fetched(GateProcess gate)
    {
        for (var i = 0; i < 100; i++)
        {
            var watches = (await gate.JsonOfAsync("refresh", "status")).GetProperty("status").GetProperty("watches").EnumerateArray().ToList();
            if (watches.All(watch => watch.TryGetProperty("lastSuccess", out _)))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        throw new ShouldAssertException("Both watches should have been fetched within ten seconds.");
    }
}
