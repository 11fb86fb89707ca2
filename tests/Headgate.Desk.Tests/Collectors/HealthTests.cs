using Headgate.Desk.Collectors.Health;
using Headgate.Desk.Doors;
using Headgate.Reports;
using Headgate.Simulation;
using Headgate.Testing;
using Headgate.Upstreams.Faults;

namespace Headgate.Desk.Tests.Collectors;

public sealed class HealthTests
{
    private static readonly DeskAsk Bank = new("bankofcanada", "/valet/observations/FXUSDCAD/json");

    [Fact]
    public void A_hundred_requests_with_ninety_successes_and_five_hits_score_085_and_none_at_all_1()
    {
        HealthScore.Of(new CallOutcomes(90, 5, 5, 0)).ShouldBe(0.85m);
        HealthScore.Of(default).ShouldBeNull();
        HealthScore.Of(new CallOutcomes(10, 0, 90, 0)).ShouldBe(0m);
        HealthScore.Of(new CallOutcomes(0, 7, 0, 7)).ShouldBe(0m);
        HealthScore.Of(new CallOutcomes(8, 0, 2, 0)).ShouldBe(0.6m);
    }

    [Fact]
    public void An_api_without_traffic_is_left_out_and_old_failures_fade()
    {
        var world = new CollectorWorld { Collects = false };
        world.Run(async () =>
        {
            var life = await world.BeginAsync();
            world.Health.Report().ShouldSatisfyAllConditions(idle => idle.Score.ShouldBe(1m), idle => idle.Apis.ShouldBeEmpty());
            world.Bank.Faults.Add(new FaultRule(TwinFault.Error(500)) { Next = 2 });
            await world.Door.AskAsync(Bank with { MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(500) }, default);
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            await world.Door.AskAsync(Bank with { MaxAge = TimeSpan.Zero, Deadline = TimeSpan.FromMilliseconds(500) }, default);
            await world.Time.Delay(TimeSpan.FromSeconds(30));
            await world.Door.AskAsync(Bank, default);
            var sick = world.Health.Report();
            sick.Apis.Single().Score!.Value.ShouldBeInRange(0.3m, 0.7m);
            sick.Score.ShouldBe(sick.Apis.Single().Score);
            await world.Time.Delay(TimeSpan.FromMinutes(40));
            await world.Door.AskAsync(Bank with { MaxAge = TimeSpan.Zero }, default);
            world.Health.Report().Score!.Value.ShouldBeInRange(0.5m, 0.8m);
            await world.Time.Delay(TimeSpan.FromMinutes(25));
            // The failures have left the hour; the success of twenty-five minutes ago has not.
            world.Health.Report().ShouldSatisfyAllConditions(well => well.Score.ShouldBe(1m), well => well.Apis.Single().Counts.Calls.Failed.ShouldBeGreaterThan(0));
            await world.Time.Delay(TimeSpan.FromMinutes(60));
            world.Health.Report().ShouldSatisfyAllConditions(idle => idle.Score.ShouldBe(1m), idle => idle.Apis.Single().Score.ShouldBeNull());
            await life.StopAsync();
        });
    }

    [Fact]
    public void What_is_not_looked_at_is_unknown_and_no_number() =>
        HealthReport.Unknown.ShouldSatisfyAllConditions(unknown => unknown.Score.ShouldBeNull(), unknown => unknown.Host.State.ShouldBe(HostState.Unknown));

    [Theory]
    [InlineData(10, 20, 30, HostState.Healthy)]
    [InlineData(70, 70, 70, HostState.Healthy)]
    [InlineData(71, 20, 30, HostState.Warning)]
    [InlineData(10, 91, 30, HostState.Critical)]
    [InlineData(71, 20, 90.5, HostState.Critical)]
    public void The_machine_warns_above_70_and_is_critical_above_90(double cpu, double memory, double disk, object state) =>
        new HostLoad((decimal)cpu, (decimal)memory, (decimal)disk).State.ShouldBe((HostState)state);

    [Fact]
    public void What_cannot_be_read_of_the_machine_is_unknown()
    {
        new HostLoad(null, 20, 30).State.ShouldBe(HostState.Unknown);
        new HostLoad(null, 95, 30).State.ShouldBe(HostState.Critical);
        using var empty = new TemporaryDirectory();
        var load = new MachineLoad(empty.Path, new VirtualTime(), proc: Path.Combine(empty.Path, "proc")).Read();
        load.ShouldSatisfyAllConditions(read => read.Cpu.ShouldBeNull(), read => read.Memory.ShouldBeNull(), read => read.State.ShouldBeOneOf(HostState.Unknown, HostState.Warning, HostState.Critical));
    }

    [Fact]
    public void Processors_and_memory_are_read_as_linux_writes_them()
    {
        using var proc = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(proc.Path, "stat"), "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3 4\n");
        File.WriteAllText(Path.Combine(proc.Path, "meminfo"), "MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    250 kB\n");
        var time = new VirtualTime();
        var machine = new MachineLoad(proc.Path, time, proc.Path);
        machine.Read().ShouldSatisfyAllConditions(first => first.Cpu.ShouldBe(20m), first => first.Memory.ShouldBe(75m));
        File.WriteAllText(Path.Combine(proc.Path, "stat"), "cpu  160 0 130 705 105 0 0 0 0 0\n");
        time.Run(() => time.Delay(TimeSpan.FromSeconds(6)));
        machine.Read().Cpu.ShouldBe(90m);
        time.Run(() => time.Delay(TimeSpan.FromSeconds(6)));
        // Nothing was counted since: no share of nothing.
        machine.Read().Cpu.ShouldBeNull();
    }

    [Fact]
    public void Who_reads_the_processors_within_5_s_of_another_is_told_the_same_share_and_none_of_a_few_ticks()
    {
        using var proc = new TemporaryDirectory();
        var time = new VirtualTime();
        var machine = new MachineLoad(proc.Path, time, proc.Path);
        File.WriteAllText(Path.Combine(proc.Path, "stat"), "cpu  200 0 0 800 0 0 0 0 0 0\n");
        machine.Read().Cpu.ShouldBe(20m);
        machine.Read().Cpu.ShouldBe(20m);
        // Two ticks later, both busy.
        File.WriteAllText(Path.Combine(proc.Path, "stat"), "cpu  202 0 0 800 0 0 0 0 0 0\n");
        time.Run(() => time.Delay(TimeSpan.FromMilliseconds(20)));
        machine.Read().Cpu.ShouldBe(20m);
        File.WriteAllText(Path.Combine(proc.Path, "stat"), "cpu  250 0 0 1250 0 0 0 0 0 0\n");
        time.Run(() => time.Delay(TimeSpan.FromSeconds(6)));
        machine.Read().Cpu.ShouldBe(10m);
    }

    [Fact]
    public void The_real_machine_can_be_read()
    {
        var load = new MachineLoad(Path.GetTempPath(), new VirtualTime()).Read();
        load.Disk!.Value.ShouldBeInRange(0m, 100m);
        if (OperatingSystem.IsLinux())
        {
            load.Memory!.Value.ShouldBeInRange(0m, 100m);
        }
    }

    [Fact]
    public void The_metrics_text_has_every_name_with_help_and_type_and_no_credential()
    {
        var world = new CollectorWorld();
        var text = new MetricText();
        world.Run(async () =>
        {
            var life = world.Begin();
            await world.Time.Delay(TimeSpan.FromMinutes(3.5));
            world.AlphaVantage.Faults.Add(new FaultRule(TwinFault.Limited()) { Next = 1 });
            for (var i = 0; i < 30; i++)
            {
                await world.Door.AskAsync(new DeskAsk("alphavantage", $"/query?function=OVERVIEW&symbol=A{i}") { Deadline = TimeSpan.FromSeconds(2) }, default);
            }

            new DeskMetrics(world.Health).Write(text);
            await life.StopAsync();
        });
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var (name, type) in new[]
        {
            ("phase_duration_seconds", "histogram"), ("api_calls_total", "counter"), ("api_rate_limit_hits_total", "counter"), ("api_budget_remaining", "gauge"), ("system_health_score", "gauge"),
            ("api_cache_hits_total", "counter"), ("api_cache_misses_total", "counter"), ("api_stale_served_total", "counter"), ("api_refused_total", "counter"), ("api_backoff_seconds", "gauge"), ("api_request_seconds", "histogram"),
        })
        {
            lines.ShouldContain(line => line.StartsWith($"# HELP {name} ", StringComparison.Ordinal));
            lines.ShouldContain($"# TYPE {name} {type}");
            lines.ShouldContain(line => line.StartsWith(name, StringComparison.Ordinal), name);
        }

        lines.ShouldContain("api_rate_limit_hits_total{api=\"alphavantage\"} 1");
        lines.ShouldContain(line => line.StartsWith("api_refused_total{reason=\"limited\"} ", StringComparison.Ordinal));
        lines.ShouldContain("phase_duration_seconds_count{phase=\"ingest\"} 4");
        lines.Where(line => line.StartsWith("api_request_seconds_bucket{api=\"yahoo\"", StringComparison.Ordinal)).Last().ShouldBe("api_request_seconds_bucket{api=\"yahoo\",le=\"+Inf\"} 7");
        foreach (var secret in new[] { "demo", "refresh-0", "access-1", "Bearer", "26598145" })
        {
            text.ToString().ShouldNotContain(secret);
        }

        // Labels are bounded: providers, phases, reasons.
        lines.Where(line => line.Contains('{')).Select(line => line[(line.IndexOf('{') + 1)..line.IndexOf('=')]).Distinct().ShouldBe(["phase", "api", "reason"], ignoreOrder: true);
    }
}
