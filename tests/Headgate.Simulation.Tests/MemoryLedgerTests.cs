using Headgate.Budgets;
using Headgate.Simulation;

namespace Headgate.Simulation.Tests;

public sealed class MemoryLedgerTests
{
    private readonly VirtualTime _time = new();
    private readonly LedgerDisk _disk = new();

    [Fact]
    public void An_acknowledged_charge_survives_a_crash_and_a_queued_one_does_not()
    {
        var ledger = new MemoryLedger(_disk, _time, new Random(3));
        _time.Run(async () =>
        {
            await ledger.ChargeAsync(Charge(1), CancellationToken.None);
            var second = ledger.ChargeAsync(Charge(2), CancellationToken.None);
            var third = ledger.ChargeAsync(Charge(3), CancellationToken.None);
            ledger.Crash();
            await _time.Delay(TimeSpan.FromSeconds(1));
            second.IsCompleted.ShouldBeFalse();
            third.IsCompleted.ShouldBeFalse();
        });
        _disk.Holds(1).ShouldBeTrue();
        _disk.Holds(3).ShouldBeFalse();
        _disk.Load().Holds.ShouldContain(hold => hold.ChargeId == 1 && hold.FirstByteAt == null);
    }

    [Fact]
    public void A_commit_torn_by_a_crash_is_there_whole_or_not_at_all()
    {
        var outcomes = Enumerable.Range(0, 40).Select(seed =>
        {
            var disk = new LedgerDisk();
            var ledger = new MemoryLedger(disk, _time, new Random(seed));
            _ = ledger.ChargeAsync(Charge(1), CancellationToken.None);
            ledger.Crash();
            disk.Holds(1).ShouldBe(disk.TornCommits == 0);
            return disk.Holds(1);
        });
        outcomes.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void A_settlement_is_lost_by_a_crash_before_the_next_commit_and_kept_after_it()
    {
        var ledger = new MemoryLedger(_disk, _time, new Random(3));
        _time.Run(async () =>
        {
            await ledger.ChargeAsync(Charge(1), CancellationToken.None);
            ledger.Settle(1, new EngineTime(77));
            _disk.Load().Holds.Single().FirstByteAt.ShouldBeNull();
            await _time.Delay(TimeSpan.FromSeconds(1));
        });
        _disk.Load().Holds.Single().FirstByteAt.ShouldBe(new EngineTime(77));
    }

    [Fact]
    public void A_full_disk_refuses_charges_until_a_probe_finds_room()
    {
        var ledger = new MemoryLedger(_disk, _time, new Random(3));
        _time.Run(async () =>
        {
            ledger.IsHealthy = false;
            await Expect.Throws<LedgerException>(ledger.ChargeAsync(Charge(1), CancellationToken.None).AsTask());
            ledger.IsWritable.ShouldBeFalse();
            ledger.IsHealthy = true;
            (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeTrue();
            await ledger.ChargeAsync(Charge(2), CancellationToken.None);
        });
        _disk.Charges.ShouldBe(1);
    }

    [Fact]
    public void A_commit_that_fails_on_the_way_fails_its_charge_and_leaves_nothing_behind()
    {
        var ledger = new MemoryLedger(_disk, _time, new Random(3));
        _time.Run(async () =>
        {
            var charge = ledger.ChargeAsync(Charge(1), CancellationToken.None).AsTask();
            ledger.IsHealthy = false;
            await Expect.Throws<LedgerException>(charge);
        });
        _disk.Charges.ShouldBe(0);
    }

    [Fact]
    public void Window_totals_rise_with_charges_and_reports_and_fall_once_per_release()
    {
        var ledger = new MemoryLedger(_time);
        _time.Run(async () =>
        {
            await ledger.ChargeAsync(Charge(1) with { Calendar = [new CalendarCharge("p.day", "d1", 5)] }, CancellationToken.None);
            ledger.Release(1, "p.day", "d1", 2);
            ledger.Release(1, "p.day", "d1", 2);
            await _time.Delay(TimeSpan.FromSeconds(1));
            ledger.Disk.Used("p.day", "d1").ShouldBe(3);
            await ledger.RaiseUsedAsync("p.day", "d1", 9, CancellationToken.None);
            await ledger.RaiseUsedAsync("p.day", "d1", 4, CancellationToken.None);
        });
        ledger.Disk.Used("p.day", "d1").ShouldBe(9);
    }

    private static Charge Charge(long id) =>
        new(id, new EngineTime(id), TimeSpan.FromSeconds(5), new ClockMark("boot-1", 0, id), [new SlidingCharge("p.limit", 1, TimeSpan.FromSeconds(1))], [], "p.e");
}
