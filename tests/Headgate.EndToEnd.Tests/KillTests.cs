using System.Net;
using System.Text.Json;
using Headgate.EndToEnd.Tests.Gates;

namespace Headgate.EndToEnd.Tests;

/// <summary>kill -9 under load: the ledger may over-count by the calls in flight and never under-counts; one-second limits hold across the restart.</summary>
public sealed class KillTests
{
    private const int DailyAskers = 16;
    private const int CandleAskers = 4;

    // Answers between start and kill: enough that charges, settlements and pruning are all under way.
    private const int AnswersPerRound = 150;

    private static int Rounds => string.Equals(Environment.GetEnvironmentVariable("HEADGATE_DEEP"), "1", StringComparison.Ordinal) ? 50 : 5;

    [Fact]
    public async Task No_budget_is_below_what_the_upstream_counted_however_often_the_gate_is_killed()
    {
        using var data = new TemporaryDirectory();
        using var catalogue = new TemporaryDirectory();
        await using var daily = await CountingUpstream.StartAsync();
        await using var kite = await KiteUpstream.OpenMarketAsync();
        await File.WriteAllTextAsync(catalogue.File("daily.yaml"), Definition(daily.Address));
        string[] arguments = ["--catalogue", catalogue.Path];
        var tokens = kite.Tokens(400);
        var next = 0;

        for (var round = 1; round <= Rounds; round++)
        {
            await using (var gate = await GateProcess.StartAsync(data.Path, arguments, GateProcess.Upstream(kite.Address)))
            {
                await LoadUntilKilledAsync(gate, () => Interlocked.Increment(ref next), tokens);
            }

            kite.Counts.Violations.ShouldBe(0, $"round {round}");
        }

        await using var last = await GateProcess.StartAsync(data.Path, arguments, GateProcess.Upstream(kite.Address));
        (await last.AskAsync($"/daily/item/{next + 1}")).Status.ShouldBe(HttpStatusCode.OK);
        var used = Used(await last.JsonOfAsync("budget"), "daily.day");
        used.ShouldBeGreaterThanOrEqualTo(daily.Arrivals);
        used.ShouldBeLessThanOrEqualTo(daily.Arrivals + (DailyAskers * Rounds));
        daily.Arrivals.ShouldBeGreaterThan(Rounds * AnswersPerRound / 2);
    }

    private static async Task LoadUntilKilledAsync(GateProcess gate, Func<int> number, IReadOnlyList<string> tokens)
    {
        using var killed = new CancellationTokenSource();
        var answers = 0;
        var askers = Enumerable.Range(0, DailyAskers + CandleAskers).Select(asker => Task.Run(async () =>
        {
            while (!killed.IsCancellationRequested)
            {
                try
                {
                    var n = number();
                    await (asker < DailyAskers
                        ? gate.AskAsync($"/daily/item/{n}")
                        : gate.AskAsync($"/kite/instruments/historical/{tokens[n % tokens.Count]}/day?from=2026-10-01&to=2026-11-01", KiteUpstream.Credential));
                    if (Interlocked.Increment(ref answers) == AnswersPerRound)
                    {
                        gate.KillHard();
                        await killed.CancelAsync();
                    }
                }
                catch (HttpRequestException)
                {
                    // The gate was killed while it answered.
                    await killed.CancelAsync();
                }
            }
        })).ToList();
        await Task.WhenAll(askers);
    }

    private static long Used(JsonElement budgets, string limit) =>
        budgets.EnumerateArray()
            .Where(budget => string.Equals(budget.GetProperty("limit").GetString(), limit, StringComparison.Ordinal))
            .Sum(budget => budget.GetProperty("used").GetInt64());

    // The day must not roll while the test runs: a zone in which it is noon now. (The sign of Etc/GMT zones is the other way round.)
    private static string Definition(Uri upstream)
    {
        var ahead = 12 - DateTimeOffset.UtcNow.Hour;
        var zone = ahead == 0 ? "Etc/GMT" : $"Etc/GMT{(ahead > 0 ? "-" : "+")}{Math.Abs(ahead)}";
        return $$"""
            provider: daily
            baseUrl: {{upstream.GetLeftPart(UriPartial.Authority)}}
            scope: public
            limits:
              day: { permits: 1000000, per: 1 day in {{zone}} }
            endpoints:
              - name: item
                match: GET /item/{id}
                limits: [day]
                freshness: 1s
            """;
    }
}
