using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Tests.Support;
using Headgate.Markets;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Hosting;

public sealed class MonitorHostTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 20, 10, 0, 0, Ist.Offset);
    private static readonly SessionRules Rules = new(MarketCalendars.Shipped);

    private readonly RecordDisk _disk = new();

    [Fact]
    public void Each_moment_runs_once_and_in_order()
    {
        var monitor = new TestMonitor("stock", [Ten, Ten.AddMinutes(5), Ten.AddMinutes(10)]);
        Run(Ten.AddHours(-1), Ten.AddMinutes(20), monitor);
        monitor.Cycles.ShouldBe([Ten, Ten.AddMinutes(5), Ten.AddMinutes(10)]);
    }

    [Fact]
    public void A_start_late_within_the_minute_still_runs_it_once()
    {
        var monitor = new TestMonitor("stock", [Ten]);
        Run(Ten.AddSeconds(59), Ten.AddMinutes(5), monitor);
        monitor.Cycles.ShouldBe([Ten]);
    }

    [Fact]
    public void A_start_after_the_minute_does_not_run_it()
    {
        var monitor = new TestMonitor("stock", [Ten, Ten.AddMinutes(5)]);
        Run(Ten.AddSeconds(60), Ten.AddMinutes(7), monitor).Single().Missed.ShouldBe(0);
        monitor.Cycles.ShouldBe([Ten.AddMinutes(5)]);
    }

    [Fact]
    public void No_double_firing_in_the_same_minute_across_restarts()
    {
        var before = new TestMonitor("stock", [Ten]);
        Run(Ten.AddSeconds(-1), Ten.AddSeconds(10), before);
        var after = new TestMonitor("stock", [Ten]);
        Run(Ten.AddSeconds(11), Ten.AddMinutes(5), after);
        before.Cycles.ShouldBe([Ten]);
        after.Cycles.ShouldBeEmpty();
    }

    [Fact]
    public void A_cycle_the_process_died_in_is_run_again_within_its_minute()
    {
        var died = new TestMonitor("stock", [Ten], static _ => new TaskCompletionSource().Task);
        Run(Ten.AddSeconds(-1), Ten.AddSeconds(10), died);
        var after = new TestMonitor("stock", [Ten]);
        Run(Ten.AddSeconds(11), Ten.AddMinutes(5), after);
        after.Cycles.ShouldBe([Ten]);
    }

    [Fact]
    public void A_monitor_that_throws_harms_neither_itself_nor_another()
    {
        DateTimeOffset[] moments = [Ten, Ten.AddMinutes(1)];
        var bad = new TestMonitor("bad", moments, static _ => throw new InvalidOperationException("broken"));
        var good = new TestMonitor("good", moments);
        var status = Run(Ten.AddSeconds(-1), Ten.AddMinutes(3), bad, good);
        bad.Cycles.ShouldBe(moments);
        good.Cycles.ShouldBe(moments);
        status[0].Failures.ShouldBe(2);
        status[0].LastError.ShouldBe("broken");
        status[1].LastResult.ShouldBe(new CycleResult(1, 1));
    }

    [Fact]
    public void A_schedule_that_throws_ends_the_other_monitors_at_once_and_is_thrown()
    {
        var time = new VirtualTime(Ten.AddMinutes(-1));
        var good = new TestMonitor("good", [Ten.AddMinutes(1), Ten.AddMinutes(2)]);
        using var later = new CancellationTokenSource(TimeSpan.FromMinutes(10), time);
        Should.Throw<InvalidDataException>(() => time.Run(() => Host(time, good, new Forgetful()).RunAsync(later.Token))).Message.ShouldBe("no such day");
        time.GetUtcNow().ShouldBeInRange(Ten, Ten.AddSeconds(1));
        good.Cycles.ShouldBeEmpty();
    }

    [Fact]
    public void A_cycle_that_overruns_costs_the_moments_it_covers_and_says_so()
    {
        VirtualTime? clock = null;
        var monitor = new TestMonitor("onemin", [.. Enumerable.Range(0, 5).Select(i => Ten.AddMinutes(i))], cycle => cycle == Ten ? clock!.Delay(TimeSpan.FromSeconds(150)) : Task.CompletedTask);
        var status = Run(Ten.AddSeconds(-1), Ten.AddMinutes(10), time => clock = time, monitor);
        monitor.Cycles.ShouldBe([Ten, Ten.AddMinutes(2), Ten.AddMinutes(3), Ten.AddMinutes(4)]);
        status.Single().Missed.ShouldBe(1);
    }

    [Fact]
    public void A_single_run_counts_as_the_minutes_run()
    {
        var first = new TestMonitor("stock", [Ten]);
        var second = new TestMonitor("stock", [Ten]);
        var time = new VirtualTime(Ten.AddSeconds(20));
        time.Run(async () =>
        {
            await Host(time, first).RunOnceAsync(default);
            await Host(time, second).RunOnceAsync(default);
        });
        first.Cycles.ShouldBe([Ten]);
        second.Cycles.ShouldBeEmpty();
    }

    /// <summary>Knows its schedule until its first cycle.</summary>
    private sealed class Forgetful : IMonitor
    {
        private bool _hasRun;

        public string Name => "forgetful";

        public IReadOnlyList<DateTimeOffset> Moments(DateOnly day) => _hasRun ? throw new InvalidDataException("no such day") : day == Ist.DayOf(Ten) ? [Ten] : [];

        public ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
        {
            _hasRun = true;
            return new(new CycleResult(1, 1));
        }
    }

    private IReadOnlyList<MonitorStatus> Run(DateTimeOffset from, DateTimeOffset to, params IMonitor[] monitors) => Run(from, to, static _ => { }, monitors);

    private IReadOnlyList<MonitorStatus> Run(DateTimeOffset from, DateTimeOffset to, Action<VirtualTime> with, params IMonitor[] monitors)
    {
        var time = new VirtualTime(from);
        with(time);
        var host = Host(time, monitors);
        time.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var run = host.RunAsync(stop.Token);
            await time.Delay(to - from);
            stop.Cancel();
            await Task.WhenAny(run, time.Delay(TimeSpan.FromSeconds(1)));
        });
        return host.Status;
    }

    private MonitorHost Host(VirtualTime time, params IMonitor[] monitors) => new(monitors, new MemoryRecordStore(_disk), Rules, time);
}
