using System.Globalization;

namespace Headgate.Simulation.Tests;

public sealed class SoakTests
{
    // A limit is only believed after many schedules; these are small and take about a minute.
    private const int Schedules = 10_000;

    // More with HEADGATE_SOAK_SEEDS=10000; the CLI runs the same seeds.
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("HEADGATE_SOAK_SEEDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 300;

    [Fact]
    public void Every_promise_holds_in_random_worlds_with_faults_crashes_and_clock_steps() => AllHold(1, Seeds, SoakFocus.All);

    [Fact]
    public void No_upstream_window_is_exceeded_in_any_schedule() => AllHold(1, Math.Max(Schedules, Seeds), SoakFocus.Budgets);

    [Theory]
    [InlineData(SoakFocus.All)]
    [InlineData(SoakFocus.Budgets)]
    public void A_seed_replays_bit_for_bit(SoakFocus focus)
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var first = SoakRun.Run(seed, focus);
            var second = SoakRun.Run(seed, focus, keepsLines: true);
            second.Hash.ShouldBe(first.Hash, $"seed {seed}");
            second.Events.ShouldBe(first.Events);
        }
    }

    [Theory]
    [InlineData(Sabotage.ChargesAfterSend, SoakFocus.All)]
    [InlineData(Sabotage.ReleasesAtSend, SoakFocus.Budgets)]
    [InlineData(Sabotage.NoHoldOnTimeout, SoakFocus.Budgets)]
    [InlineData(Sabotage.RefusalWrites, SoakFocus.All)]
    [InlineData(Sabotage.ResendsBelow, SoakFocus.All)]
    [InlineData(Sabotage.MixesAccounts, SoakFocus.All)]
    [InlineData(Sabotage.TrustsTheWallClock, SoakFocus.All)]
    [InlineData(Sabotage.ForgetsClosures, SoakFocus.All)]
    [InlineData(Sabotage.ForgetsHolds, SoakFocus.Budgets)]
    [InlineData(Sabotage.TearsEntries, SoakFocus.All)]
    [InlineData(Sabotage.AcceptsTruncation, SoakFocus.All)]
    [InlineData(Sabotage.SpendsTheReserve, SoakFocus.All)]
    public void A_broken_gate_is_noticed_within_a_thousand_seeds(Sabotage sabotage, SoakFocus focus) =>
        Enumerable.Range(1, 1000).Any(seed => !SoakRun.Run(seed, focus, sabotage).IsGood).ShouldBeTrue();

    [Fact]
    public void The_soak_meets_what_it_is_meant_to_meet()
    {
        var results = Enumerable.Range(1, 100).Select(seed => SoakRun.Run(seed)).ToList();
        results.Sum(result => result.Crashes).ShouldBeGreaterThan(30);
        foreach (var kind in Enum.GetValues<FetchKind>())
        {
            results.Sum(result => result.Demands.GetValueOrDefault(kind)).ShouldBeGreaterThan(50, kind.ToString());
        }
    }

    [Fact]
    public void The_runner_ends_with_the_count_and_tells_how_to_replay()
    {
        var output = new StringWriter();
        SoakRunner.Run(1, 3, SoakFocus.All, output).ShouldBe(0);
        output.ToString().TrimEnd().ShouldEndWith("3 seeds, 0 failures");

        var trace = new StringWriter();
        SoakRunner.Trace(1, SoakFocus.All, trace).ShouldBe(0);
        trace.ToString().ShouldContain("arrive");
    }

    private static void AllHold(int from, int count, SoakFocus focus)
    {
        var output = new StringWriter();
        SoakRunner.Run(from, count, focus, output).ShouldBe(0, output.ToString());
    }
}
