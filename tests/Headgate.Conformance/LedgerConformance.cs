using Headgate.Budgets;

namespace Headgate.Conformance;

/// <summary>What every ledger holds. Derive, and open the same storage again at each <see cref="OpenAsync"/>.</summary>
public abstract class LedgerConformance
{
    private static readonly EngineTime Start = new(new DateTime(2026, 11, 20, 9, 15, 0, DateTimeKind.Utc).Ticks);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(7);

    /// <summary>Opens this test's storage: empty the first time, later with everything durable in it.</summary>
    protected abstract ValueTask<ILedger> OpenAsync();

    /// <summary>Ends the process's hold on it, in good order.</summary>
    protected abstract ValueTask CloseAsync(ILedger ledger);

    [Fact]
    public async Task A_new_ledger_is_empty_and_writable()
    {
        var ledger = await OpenAsync();

        var state = await ledger.LoadAsync(CancellationToken.None);

        state.Clock.ShouldBeNull();
        state.NextChargeId.ShouldBe(1);
        state.Holds.ShouldBeEmpty();
        state.Windows.ShouldBeEmpty();
        state.Closures.ShouldBeEmpty();
        ledger.IsWritable.ShouldBeTrue();
        await CloseAsync(ledger);
    }

    [Fact]
    public async Task A_charge_is_found_again_with_every_field()
    {
        var mark = new ClockMark("boot-a", 123_456_789, Start.Ticks + 5);
        await WithAsync(async ledger => await ledger.ChargeAsync(
            new Charge(
                7, Start, CallTimeout, mark,
                [new SlidingCharge("kite.quote/1a", 1, TimeSpan.FromSeconds(1)), new SlidingCharge("kite.all/1a", 10, TimeSpan.FromMinutes(1))],
                [new CalendarCharge("av.day/2b", "2026-11-20", 3)],
                "kite.quote"),
            CancellationToken.None));

        var state = await ReloadAsync();

        state.Clock.ShouldBe(mark);
        state.NextChargeId.ShouldBe(8);
        state.Holds.OrderBy(hold => hold.LimitKey, StringComparer.Ordinal).ShouldBe(
        [
            new Hold(7, "kite.all/1a", 10, Start, CallTimeout, TimeSpan.FromMinutes(1), FirstByteAt: null),
            new Hold(7, "kite.quote/1a", 1, Start, CallTimeout, TimeSpan.FromSeconds(1), FirstByteAt: null),
        ]);
        state.Windows.ShouldBe([new WindowTotal("av.day/2b", "2026-11-20", 3)]);
    }

    [Fact]
    public async Task Calendar_charges_add_up_per_limit_and_window()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 2)), CancellationToken.None);
            await ledger.ChargeAsync(Calendar(2, ("day/a", "2026-11-20", 3), ("day/b", "2026-11-20", 1)), CancellationToken.None);
            await ledger.ChargeAsync(Calendar(3, ("day/a", "2026-11-21", 4)), CancellationToken.None);
        });

        var windows = (await ReloadAsync()).Windows;

        windows.Count.ShouldBe(3);
        windows.ShouldContain(new WindowTotal("day/a", "2026-11-20", 5));
        windows.ShouldContain(new WindowTotal("day/b", "2026-11-20", 1));
        windows.ShouldContain(new WindowTotal("day/a", "2026-11-21", 4));
    }

    [Fact]
    public async Task The_first_byte_is_remembered()
    {
        var firstByte = Start + TimeSpan.FromMilliseconds(80);
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Sliding(1), CancellationToken.None);
            ledger.Settle(1, firstByte);
        });

        (await ReloadAsync()).Holds.ShouldHaveSingleItem().FirstByteAt.ShouldBe(firstByte);
    }

    [Fact]
    public async Task A_hold_stays_until_its_call_can_no_longer_count_and_then_goes()
    {
        // Held until send + time-out (7 s) + window (1 s), whatever the clock of the charge that asks.
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Sliding(1), CancellationToken.None);
            await ledger.ChargeAsync(Sliding(2, TimeSpan.FromSeconds(8)), CancellationToken.None);
        });
        (await ReloadAsync()).Holds.Select(hold => hold.ChargeId).ShouldBe([1, 2], ignoreOrder: true);

        await WithAsync(async ledger => await ledger.ChargeAsync(Sliding(3, TimeSpan.FromSeconds(8.1)), CancellationToken.None));

        var state = await ReloadAsync();
        state.Holds.Select(hold => hold.ChargeId).ShouldBe([2, 3], ignoreOrder: true);
        state.NextChargeId.ShouldBe(4);
    }

    [Fact]
    public async Task A_release_gives_back_the_second_window_of_a_charge_near_the_roll()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 2), ("day/a", "2026-11-21", 2)), CancellationToken.None);
            ledger.Release(1, "day/a", "2026-11-21", 2);
        });

        Used(await ReloadAsync(), "day/a", "2026-11-20").ShouldBe(2);
        Used(await ReloadAsync(), "day/a", "2026-11-21").ShouldBe(0);
    }

    [Fact]
    public async Task A_release_never_gives_back_more_than_was_taken()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 2), ("day/a", "2026-11-21", 2)), CancellationToken.None);
            await ledger.ChargeAsync(Calendar(2, ("day/a", "2026-11-21", 5)), CancellationToken.None);
            ledger.Release(1, "day/a", "2026-11-21", 2);
            ledger.Release(1, "day/a", "2026-11-21", 2);
            ledger.Release(2, "day/a", "2026-11-21", 9);
            ledger.Release(99, "day/a", "2026-11-21", 1);
        });

        Used(await ReloadAsync(), "day/a", "2026-11-21").ShouldBe(5);
    }

    [Fact]
    public async Task A_reported_usage_raises_and_never_lowers()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 5)), CancellationToken.None);
            await ledger.RaiseUsedAsync("day/a", "2026-11-20", 12, CancellationToken.None);
            await ledger.RaiseUsedAsync("day/a", "2026-11-20", 8, CancellationToken.None);
            await ledger.RaiseUsedAsync("day/b", "2026-11-20", 4, CancellationToken.None);
            await ledger.ChargeAsync(Calendar(2, ("day/a", "2026-11-20", 1)), CancellationToken.None);
        });

        Used(await ReloadAsync(), "day/a", "2026-11-20").ShouldBe(13);
        Used(await ReloadAsync(), "day/b", "2026-11-20").ShouldBe(4);
    }

    [Fact]
    public async Task A_release_after_a_report_never_goes_below_the_report()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 3), ("day/a", "2026-11-21", 3)), CancellationToken.None);
            await ledger.RaiseUsedAsync("day/a", "2026-11-21", 10, CancellationToken.None);
            ledger.Release(1, "day/a", "2026-11-21", 3);
        });

        Used(await ReloadAsync(), "day/a", "2026-11-21").ShouldBeGreaterThanOrEqualTo(10);
    }

    [Fact]
    public async Task A_later_closure_replaces_an_earlier_one_and_not_the_reverse()
    {
        var late = new Closure("kite.quote/1a", Start + TimeSpan.FromMinutes(2), 2, "429 again");
        await WithAsync(async ledger =>
        {
            await ledger.CloseAsync(new Closure("kite.quote/1a", Start + TimeSpan.FromMinutes(1), 1, "429"), CancellationToken.None);
            await ledger.CloseAsync(late, CancellationToken.None);
            await ledger.CloseAsync(new Closure("kite.quote/1a", Start, 0, "older"), CancellationToken.None);
        });

        (await ReloadAsync()).Closures.ShouldBe([late]);
    }

    [Fact]
    public async Task The_clock_never_goes_back()
    {
        await WithAsync(async ledger =>
        {
            await ledger.ChargeAsync(Sliding(2, TimeSpan.FromSeconds(5)), CancellationToken.None);
            await ledger.ChargeAsync(Sliding(1, TimeSpan.FromSeconds(1)), CancellationToken.None);
        });

        var state = await ReloadAsync();

        state.Clock!.EngineTicks.ShouldBe((Start + TimeSpan.FromSeconds(5)).Ticks);
        state.NextChargeId.ShouldBe(3);
    }

    [Fact]
    public async Task Charges_from_many_callers_at_once_are_all_kept()
    {
        const int callers = 400;
        await WithAsync(ledger => Task.WhenAll(Enumerable.Range(1, callers).Select(
            id => Task.Run(async () => await ledger.ChargeAsync(Calendar(id, ("day/a", "2026-11-20", 1)), CancellationToken.None)))));

        var state = await ReloadAsync();

        Used(state, "day/a", "2026-11-20").ShouldBe(callers);
        state.NextChargeId.ShouldBe(callers + 1);
    }

    [Fact]
    public async Task A_charge_cancelled_before_it_began_is_not_made()
    {
        await WithAsync(async ledger => await Should.ThrowAsync<OperationCanceledException>(
            async () => await ledger.ChargeAsync(Calendar(1, ("day/a", "2026-11-20", 1)), new CancellationToken(canceled: true))));

        (await ReloadAsync()).Windows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_probe_of_a_sound_ledger_says_writable()
    {
        await WithAsync(async ledger => (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeTrue());
    }

    protected async Task WithAsync(Func<ILedger, Task> use)
    {
        var ledger = await OpenAsync();
        await ledger.LoadAsync(CancellationToken.None);
        await use(ledger);
        await CloseAsync(ledger);
    }

    protected async Task<LedgerState> ReloadAsync()
    {
        var ledger = await OpenAsync();
        var state = await ledger.LoadAsync(CancellationToken.None);
        await CloseAsync(ledger);
        return state;
    }

    protected static long Used(LedgerState state, string limitKey, string windowId) =>
        state.Windows.Where(total => total.LimitKey == limitKey && total.WindowId == windowId).Sum(total => total.Used);

    protected static Charge Sliding(long id, TimeSpan after = default) => new(
        id, Start + after, CallTimeout, Mark(after), [new SlidingCharge("kite.quote/1a", 1, TimeSpan.FromSeconds(1))], [], "kite.quote");

    protected static Charge Calendar(long id, params (string Limit, string Window, long Permits)[] shares) => new(
        id, Start, CallTimeout, Mark(default), [], [.. shares.Select(share => new CalendarCharge(share.Limit, share.Window, share.Permits))], "av.quote");

    private static ClockMark Mark(TimeSpan after) => new("boot-a", 1_000 + after.Ticks, (Start + after).Ticks);
}
