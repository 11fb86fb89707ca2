using Headgate.Budgets;
using Headgate.SignIn;
using Headgate.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Tests.Ledger;

public sealed class SqliteLedgerTests : IDisposable
{
    private static readonly EngineTime Start = new(new DateTime(2026, 11, 20, 9, 15, 0, DateTimeKind.Utc).Ticks);

    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Charges_of_many_callers_share_commits()
    {
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);

        await Task.WhenAll(Enumerable.Range(1, 2_000).Select(id => ledger.ChargeAsync(Day(id), CancellationToken.None).AsTask()));

        ledger.Commits.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_charge_id_used_twice_fails_alone()
    {
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);
        await ledger.ChargeAsync(Slide(1), CancellationToken.None);

        var charges = Enumerable.Range(1, 50).Select(id => ledger.ChargeAsync(Slide(id), CancellationToken.None).AsTask()).ToArray();
        await Should.ThrowAsync<LedgerException>(async () => await charges[0]);
        await Task.WhenAll(charges.Skip(1));

        ledger.IsWritable.ShouldBeTrue();
        (await ledger.LoadAsync(CancellationToken.None)).Holds.Count.ShouldBe(50);
    }

    [Fact]
    public async Task A_full_disk_refuses_charges_whole_and_a_probe_finds_it_free_again()
    {
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);
        await ledger.ChargeAsync(Day(1), CancellationToken.None);
        ledger.PagesMax = 1;
        var wide = Slide(2) with { Sliding = [.. Enumerable.Range(0, 400).Select(i => new SlidingCharge($"limit-{i}", 1, TimeSpan.FromDays(1)))] };

        var error = await Should.ThrowAsync<LedgerException>(async () => await ledger.ChargeAsync(wide, CancellationToken.None));
        error.Message.ShouldContain(SqliteLedger.FileName);
        error.Message.ShouldContain("Free disk space");
        ledger.IsWritable.ShouldBeFalse();
        await Should.ThrowAsync<LedgerException>(async () => await ledger.ChargeAsync(Day(3), CancellationToken.None));

        ledger.PagesMax = 0;
        (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeTrue();
        ledger.IsWritable.ShouldBeTrue();
        await ledger.ChargeAsync(Day(4), CancellationToken.None);

        var state = await ledger.LoadAsync(CancellationToken.None);
        state.Holds.ShouldBeEmpty("nothing of the refused charge may be left");
        state.Windows.ShouldBe([new WindowTotal("av.day/a", "2026-11-20", 2)]);
    }

    [Fact]
    public async Task A_ledger_deleted_while_in_use_refuses_charges_instead_of_forgetting_them()
    {
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);
        await ledger.ChargeAsync(Day(1), CancellationToken.None);
        File.Delete(_directory.Of(SqliteLedger.FileName));

        await Should.ThrowAsync<LedgerException>(async () => await ledger.ChargeAsync(Day(2), CancellationToken.None));

        (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeFalse();
        File.Exists(_directory.Of(SqliteLedger.FileName)).ShouldBeFalse();
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named()
    {
        var error = Should.Throw<LedgerException>(() => SqliteLedger.Open("/proc/self", _time));

        error.Message.ShouldContain("/proc/self/ledger.db");
    }

    [Fact]
    public void A_corrupt_ledger_refuses_to_start_and_names_file_and_remedy()
    {
        File.WriteAllText(_directory.Of(SqliteLedger.FileName), "this is no database, whatever it was before the disk failed");

        var error = Should.Throw<LedgerException>(() => SqliteLedger.Open(_directory.Path, _time));

        error.Message.ShouldContain(_directory.Of(SqliteLedger.FileName));
        error.Message.ShouldContain("Restore it from a backup");
        File.Exists(_directory.Of(SqliteLedger.FileName)).ShouldBeTrue("it is evidence");
    }

    [Fact]
    public async Task An_accepted_corrupt_ledger_is_moved_aside_and_refuses_calls_until_every_window_is_over()
    {
        File.WriteAllText(_directory.Of(SqliteLedger.FileName), "this is no database, whatever it was before the disk failed");
        var said = "";
        var options = new LedgerOptions { AcceptCorrupt = true, AcceptCorruptHold = TimeSpan.FromHours(25), Log = text => said = text };
        await using (var ledger = SqliteLedger.Open(_directory.Path, _time, options))
        {
            ledger.IsWritable.ShouldBeFalse();
            (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeFalse();
            (await Should.ThrowAsync<LedgerException>(async () => await ledger.ChargeAsync(Day(1), CancellationToken.None))).Message.ShouldContain("2026-11-21");
        }

        said.ShouldContain("ledger.db.corrupt-20261120T100000000");
        Directory.GetFiles(_directory.Path, "ledger.db.corrupt-*").ShouldNotBeEmpty();

        // A restart, without the flag, does not shorten it.
        await using var reopened = SqliteLedger.Open(_directory.Path, _time);
        _time.Now += TimeSpan.FromHours(24);
        reopened.IsWritable.ShouldBeFalse();
        _time.Now += TimeSpan.FromHours(1);
        reopened.IsWritable.ShouldBeTrue();
        await reopened.ChargeAsync(Day(1), CancellationToken.None);
    }

    [Fact]
    public async Task What_can_be_read_of_a_corrupt_ledger_is_carried_over()
    {
        await using (var ledger = SqliteLedger.Open(_directory.Path, _time))
        {
            await ledger.ChargeAsync(Day(41), CancellationToken.None);
            await ((ITokenVault)ledger).TryStoreAsync(null, "questrade", "refresh-1", "", CancellationToken.None);
        }

        // A torn index: the table is whole, the integrity check is not content.
        Tamper("PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'releasable_by_expiry') WHERE name = 'holds_by_expiry'");
        Should.Throw<LedgerException>(() => SqliteLedger.Open(_directory.Path, _time));

        await using var fresh = SqliteLedger.Open(_directory.Path, _time, new LedgerOptions { AcceptCorrupt = true });

        var state = await fresh.LoadAsync(CancellationToken.None);
        state.Windows.ShouldBe([new WindowTotal("av.day/a", "2026-11-20", 1)]);
        state.NextChargeId.ShouldBe(42);
        (await ((ITokenVault)fresh).GetAsync("questrade", CancellationToken.None))!.Token.ShouldBe("refresh-1");
    }

    [Fact]
    public void A_ledger_of_a_later_release_is_left_alone()
    {
        using (var connection = SqliteFile.OpenWriter(_directory.Of(SqliteLedger.FileName), Durability.Power, create: true))
        {
            SqliteFile.Execute(connection, "PRAGMA user_version=999");
        }

        Should.Throw<LedgerException>(() => SqliteLedger.Open(_directory.Path, _time, new LedgerOptions { AcceptCorrupt = true }))
            .Message.ShouldContain("format 999");
    }

    [Fact]
    public async Task Long_ended_windows_fold_into_one_total()
    {
        await using (var ledger = SqliteLedger.Open(_directory.Path, _time))
        {
            await Task.WhenAll(Enumerable.Range(1, 600).Select(minute => ledger.ChargeAsync(
                Day(minute) with { SentAt = Start + TimeSpan.FromMinutes(minute), Calendar = [new CalendarCharge("b.minute/a", $"m{minute:0000}", 2)] },
                CancellationToken.None).AsTask()));
        }

        await using (var ledger = SqliteLedger.Open(_directory.Path, _time))
        {
            await ledger.LoadAsync(CancellationToken.None);
            var windows = (await ledger.LoadAsync(CancellationToken.None)).Windows;
            windows.Count.ShouldBe(512);
            windows.ShouldNotContain(total => total.WindowId == "m0088");
            windows.ShouldContain(total => total.WindowId == "m0089");
        }

        Query("SELECT used FROM limit_totals WHERE limit_key = 'b.minute/a' AND windows = 88").ShouldBe(176L);
    }

    [Fact]
    public async Task Calls_are_counted_per_endpoint_and_day()
    {
        await using var ledger = SqliteLedger.Open(_directory.Path, _time);
        await ledger.ChargeAsync(Day(1), CancellationToken.None);
        await ledger.ChargeAsync(Day(2), CancellationToken.None);
        await ledger.ChargeAsync(Slide(3) with { SentAt = Start + TimeSpan.FromDays(1) }, CancellationToken.None);

        (await ledger.ReadCallTotalsAsync(CancellationToken.None)).ShouldBe(
            [new CallTotal("av.quote", new DateOnly(2026, 11, 20), 2), new CallTotal("kite.quote", new DateOnly(2026, 11, 21), 1)]);
    }

    [Fact]
    public async Task A_refresh_token_survives_and_is_never_printed()
    {
        await using (var ledger = SqliteLedger.Open(_directory.Path, _time))
        {
            ITokenVault vault = ledger;
            (await vault.TryStoreAsync(null, "questrade", "one", "a", CancellationToken.None)).ShouldBeTrue();
            (await vault.TryStoreAsync(await vault.GetAsync("questrade", CancellationToken.None), "questrade", "two", "b", CancellationToken.None)).ShouldBeTrue();
        }

        await using var reopened = SqliteLedger.Open(_directory.Path, _time);
        var token = await ((ITokenVault)reopened).GetAsync("questrade", CancellationToken.None);

        token.ShouldBe(new StoredToken("questrade", "two", "b", _time.Now));
        token!.ToString().ShouldNotContain("two");
        (await ((ITokenVault)reopened).GetAsync("other", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public void The_file_is_readable_to_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = SqliteLedger.Open(_directory.Path, _time).DisposeAsync();

        File.GetUnixFileMode(_directory.Of(SqliteLedger.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static Charge Day(long id) => new(
        id, Start, TimeSpan.FromSeconds(7), new ClockMark("boot", id, Start.Ticks), [], [new CalendarCharge("av.day/a", "2026-11-20", 1)], "av.quote");

    private static Charge Slide(long id) => new(
        id, Start, TimeSpan.FromSeconds(7), new ClockMark("boot", id, Start.Ticks), [new SlidingCharge("kite.quote/a", 1, TimeSpan.FromSeconds(1))], [], "kite.quote");

    private void Tamper(string sql)
    {
        using var connection = SqliteFile.OpenWriter(_directory.Of(SqliteLedger.FileName), Durability.Power, create: false);
        SqliteFile.Execute(connection, sql);
    }

    private object? Query(string sql)
    {
        using var connection = SqliteFile.OpenReader(_directory.Of(SqliteLedger.FileName));
        return SqliteFile.Scalar(connection, sql);
    }
}
