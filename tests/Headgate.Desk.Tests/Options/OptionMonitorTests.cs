using Headgate.Desk.Alerts;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Options;
using Headgate.Desk.Tests.Alerts;
using Headgate.Simulation;

namespace Headgate.Desk.Tests.Options;

public sealed class OptionMonitorTests
{
    private readonly VirtualTime _time = new(OptionWorld.At(9, 0));
    private readonly PlugDisk _disk = new();
    private readonly OptionWorld _world = new();
    private readonly RecordingDesk _desk = new();

    [Fact]
    public void There_are_23_runs_a_day_and_none_on_a_holiday()
    {
        var moments = Monitor().Moments(OptionWorld.Friday);
        moments.Count.ShouldBe(23);
        moments[0].ShouldBe(OptionWorld.At(10, 0));
        moments[^2].ShouldBe(OptionWorld.At(15, 15));
        moments[^1].ShouldBe(OptionWorld.At(15, 25));
        Monitor().Moments(new DateOnly(2026, 11, 24)).ShouldBeEmpty();
        Monitor().Moments(new DateOnly(2026, 11, 21)).ShouldBeEmpty();
    }

    [Fact]
    public void The_entry_run_always_tells_and_enters_when_it_sells() => Run(async monitor =>
    {
        var result = await monitor.RunAsync(OptionWorld.At(10, 0), default);
        result.ShouldSatisfyAllConditions(done => done.AlertsSent.ShouldBe(1), done => done.Note.ShouldBe("SELL"), done => done.Errors.ShouldBe(0));
        var alert = _desk.Raised.ShouldHaveSingleItem();
        alert.Type.ShouldBe("options_entry");
        alert.Html.ShouldContain("NIFTY OPTION SELLING: SELL");
        alert.Html.ShouldContain("➤ ");
        alert.Html.ShouldContain("Advice only");
        AlertHtml.IsWellFormed(alert.Html).ShouldBeTrue();
        var day = await monitor.Store.DayAsync(OptionWorld.Friday, default);
        day.Stage.ShouldBe(PositionStage.Entered);
        day.Entry!.Premium.ShouldBeGreaterThan(0);
    });

    /// <summary>§9.3: one analysis per cycle, reused for leaving and adding; the original made it twice. Two quote asks, six stretches of bars.</summary>
    [Fact]
    public void One_analysis_a_cycle_costs_two_quote_asks_and_six_stretches_of_bars() => Run(async monitor =>
    {
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        await monitor.RunAsync(OptionWorld.At(10, 15), default);
        _world.QuoteAsks.Count.ShouldBe(4);
        _world.QuoteAsks[0].Names.ShouldBe(["NSE:NIFTY 50", "NSE:INDIA VIX", "NFO:NIFTY26NOVFUT", "NFO:NIFTY26DECFUT"]);
        _world.QuoteAsks[1].Names.Count.ShouldBe(8);
        _world.QuoteAsks.ShouldAllBe(ask => ask.NotBefore == OptionWorld.At(10, 0) || ask.NotBefore == OptionWorld.At(10, 15));
        _world.BarAsks.Count.ShouldBe(12);
        // Nothing of daily series is asked for that is still forming: today's bar is in the quote.
        _world.BarAsks.Where(ask => ask.Interval == "day").ShouldAllBe(ask => ask.To == new DateOnly(2026, 11, 19));
    });

    [Fact]
    public void The_running_quarter_of_an_hour_is_not_asked_for_again_at_15_25() => Run(async monitor =>
    {
        await monitor.RunAsync(OptionWorld.At(15, 25), default);
        _world.BarAsks.Single(ask => ask.Interval == "15minute").NotBefore.ShouldBe(OptionWorld.At(15, 15));
    });

    /// <summary>§9.3: 25 is not a multiple of 15, so the original dropped that run and the summary never went out.</summary>
    [Fact]
    public void The_15_25_run_sends_the_end_of_day_summary() => Run(async monitor =>
    {
        foreach (var moment in monitor.Moments(OptionWorld.Friday))
        {
            await monitor.RunAsync(moment, default);
        }

        var summary = _desk.Raised.Single(alert => alert.Type == "options_summary");
        summary.Cycle.ShouldBe(OptionWorld.At(15, 25));
        summary.Html.ShouldContain("position open");
        summary.Html.ShouldContain("Held for 325 min");
        summary.Html.ShouldContain("Estimated result so far");
    });

    [Fact]
    public void The_summary_goes_out_also_without_a_position_and_without_prices() => Run(async monitor =>
    {
        _world.Vix = null;
        (await monitor.RunAsync(OptionWorld.At(15, 25), default)).Note.ShouldNotBeNull().ShouldStartWith("ERROR");
        _desk.Raised.Single().Html.ShouldContain("no position");
    });

    [Fact]
    public void Without_usable_premiums_the_result_is_an_error_and_nothing_is_recorded() => Run(async monitor =>
    {
        _world.HasPremiums = false;
        var result = await monitor.RunAsync(OptionWorld.At(10, 0), default);
        (result.Errors, result.Checked).ShouldBe((1, 0));
        _desk.Raised.Single().Type.ShouldBe("options_error");
        (await monitor.Store.DayAsync(OptionWorld.Friday, default)).Stage.ShouldBe(PositionStage.None);
        (await monitor.Store.RowsAsync(2026, 11, default)).ShouldBeEmpty();
    });

    [Fact]
    public void A_bad_morning_may_become_a_late_entry_and_an_exit_another_one() => Run(async monitor =>
    {
        _world.VixClose = _ => 30;
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        _desk.Raised[^1].Html.ShouldContain("Veto IV_RANK_TOO_LOW");
        _world.VixClose = back => 11 + (back % 5);
        await monitor.RunAsync(OptionWorld.At(10, 15), default);
        _desk.Raised[^1].Type.ShouldBe("options_late_entry");

        // Two points of VIX and a hundred of the index: leave.
        _world.Vix = 15.2m;
        _world.Spot = 26_140;
        _world.Implied = 0.26;
        await monitor.RunAsync(OptionWorld.At(10, 30), default);
        _desk.Raised[^1].Type.ShouldBe("options_exit");
        var left = await monitor.Store.DayAsync(OptionWorld.Friday, default);
        left.Stage.ShouldBe(PositionStage.Exited);

        // §9.3: stored current data, and a result from premiums quoted now: they rose, so it is a loss.
        left.Exit!.Check.NiftySpot.ShouldBe(26_140);
        left.Exit.Check.Vix.ShouldBe(15.2m);
        left.Exit.ProfitAndLoss.ShouldBe(left.Layers[0].Premium - left.Exit.Check.Premiums[0]!.Value);
        left.Exit.ProfitAndLoss!.Value.ShouldBeInRange(-400, -50);
        _world.QuoteAsks[^1].Names.ShouldContain(left.Layers[0].Legs.CallName);

        (_world.Vix, _world.Spot, _world.Implied) = (13, 26_000, 0.2);
        await monitor.RunAsync(OptionWorld.At(10, 45), default);
        _desk.Raised[^1].Type.ShouldBe("options_late_entry");
        var again = await monitor.Store.DayAsync(OptionWorld.Friday, default);
        (again.Stage, again.Earlier.Count, again.Layers.Count).ShouldBe((PositionStage.Entered, 1, 1));
    });

    [Fact]
    public void Layers_are_added_half_an_hour_apart_and_an_exit_warning_adds_none() => Run(async monitor =>
    {
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        await monitor.RunAsync(OptionWorld.At(10, 15), default);
        _desk.Raised.Count.ShouldBe(1);
        _world.Spot = 26_110;
        await monitor.RunAsync(OptionWorld.At(10, 30), default);
        _desk.Raised[^1].Type.ShouldBe("options_consider_exit");
        _world.Spot = 26_000;
        await monitor.RunAsync(OptionWorld.At(10, 45), default);
        _desk.Raised[^1].Type.ShouldBe("options_add");
        (await monitor.Store.DayAsync(OptionWorld.Friday, default)).Layers.Select(layer => layer.Number).ShouldBe([1, 2]);
    });

    /// <summary>§9.3: no double firing in the same minute, also across restarts.</summary>
    [Fact]
    public void A_cycle_that_ran_does_not_run_again_in_its_minute_nor_in_the_next_process() => Run(async monitor =>
    {
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        (await monitor.RunAsync(OptionWorld.At(10, 0).AddSeconds(30), default)).Note.ShouldBe("ran already");
        var next = Monitor();
        (await next.RunAsync(OptionWorld.At(10, 0), default)).Note.ShouldBe("ran already");
        _desk.Raised.Select(alert => alert.Key).Distinct().Count().ShouldBe(1);
        _world.QuoteAsks.Count.ShouldBe(2);
    });

    [Fact]
    public void It_checks_day_and_hours_itself_and_begins_each_day_anew() => Run(async monitor =>
    {
        (await monitor.RunAsync(OptionWorld.At(10, 0, new DateOnly(2026, 11, 24)), default)).Note.ShouldBe("outside its days and hours");
        (await monitor.RunAsync(OptionWorld.At(9, 45), default)).Note.ShouldBe("outside its days and hours");
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        var monday = new DateOnly(2026, 11, 23);
        await monitor.RunAsync(OptionWorld.At(10, 15, monday), default);
        _desk.Raised[^1].Type.ShouldBe("options_late_entry");
        (await monitor.Store.DayAsync(monday, default)).Layers.Count.ShouldBe(1);
    });

    [Fact]
    public void The_regime_is_kept_for_six_hours_and_the_first_open_interest_for_the_day() => Run(async monitor =>
    {
        await monitor.RunAsync(OptionWorld.At(10, 0), default);
        _world.Oi = 11_000_000;
        await Monitor().RunAsync(OptionWorld.At(10, 15), default);
        var day = await monitor.Store.DayAsync(OptionWorld.Friday, default);
        day.RegimeAt.ShouldBe(OptionWorld.At(10, 0));
        day.FirstOi["NFO:NIFTY26NOVFUT"].ShouldBe(10_000_000);
        day.LastCheck!.OiPattern.ShouldBe("LONG_BUILDUP", "the future is above its open");
    });

    /// <summary>Kill at every write and every arrival of a message: each cycle decides once, and every alert arrives.</summary>
    [Fact]
    public void A_kill_at_any_point_of_two_cycles_fires_nothing_twice_and_loses_no_alert()
    {
        var (ideal, _) = Day(point: int.MaxValue);
        ideal.Count.ShouldBe(2);
        for (var point = 1; ; point++)
        {
            var (texts, survived) = Day(point);
            foreach (var headline in new[] { "NIFTY OPTION SELLING: SELL", "EXIT NOW" })
            {
                var of = texts.Where(text => text.Contains(headline)).ToList();
                of.ShouldNotBeEmpty($"{headline} was lost by the kill at point {point}");
                of.Skip(1).ShouldAllBe(text => text.Contains("May have been sent before"));
            }

            texts.ShouldAllBe(text => text.Contains("NIFTY OPTION SELLING: SELL") || text.Contains("EXIT NOW"), $"kill at point {point}");
            if (survived)
            {
                point.ShouldBeGreaterThan(15);
                break;
            }
        }
    }

    // Two cycles, the second of which exits. A killed process is replaced at once and runs the cycle it died in again.
    private static (IReadOnlyList<string> Texts, bool Survived) Day(int point)
    {
        var time = new VirtualTime(OptionWorld.At(10, 0));
        var disk = new PlugDisk();
        List<(DateTimeOffset At, Headgate.Desk.Doors.DeskMessage Message)> arrived = [];
        var process = new VirtualProcess(time);
        var first = process;
        var passed = 0;
        void Point()
        {
            if (++passed == point)
            {
                first.Kill();
            }
        }

        disk.OnWrite = (_, _) => Point();
        time.Run(async () =>
        {
            var world = new OptionWorld();
            foreach (var cycle in new[] { OptionWorld.At(10, 0), OptionWorld.At(10, 15) })
            {
                (world.Vix, world.Spot) = cycle.Minute == 0 || OptionWorld.At(10, 0) == cycle ? (13m, 26_000m) : (15.5m, 26_150m);
                try
                {
                    await process.Run(() => CycleAsync(process, disk, arrived, world, cycle, Point));
                }
                catch (ProcessKilledException)
                {
                    disk.OnWrite = null;
                    process = new VirtualProcess(time);
                    await process.Run(() => CycleAsync(process, disk, arrived, world, cycle, static () => { }));
                }
            }
        });
        return (new ScriptedDoor(time) { Arrived = arrived }.Texts, first.IsAlive);
    }

    private static async Task<bool> CycleAsync(
        VirtualProcess process, PlugDisk disk, List<(DateTimeOffset At, Headgate.Desk.Doors.DeskMessage Message)> arrived, OptionWorld world, DateTimeOffset cycle, Action point)
    {
        var records = new PlugRecords(disk, process);
        var door = new ScriptedDoor(process) { Arrived = arrived, OnArrival = _ => point() };
        await using var desk = new AlertDesk(records, [new TelegramChannel(door, new TelegramOptions("demo", "42"))], process);
        await desk.StartAsync(default);
        await new OptionMonitor(world, world.Instruments(), desk, records, OptionWorld.Rules, process).RunAsync(cycle, default);
        return await desk.DrainAsync(TimeSpan.FromMinutes(5), default);
    }

    private OptionMonitor Monitor() => new(_world, _world.Instruments(), _desk, new PlugRecords(_disk, _time), OptionWorld.Rules, _time);

    private void Run(Func<OptionMonitor, Task> test) => _time.Run(() => test(Monitor()));

    private sealed class RecordingDesk : IAlertDesk
    {
        public List<Alert> Raised { get; } = [];

        public ValueTask<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
        {
            AlertHtml.IsWellFormed(alert.Html).ShouldBeTrue(alert.Html);
            alert.Html.Length.ShouldBeLessThan(4_000);
            if (Raised.All(known => known.Key != alert.Key))
            {
                Raised.Add(alert);
            }

            return new ValueTask<bool>(true);
        }
    }
}
