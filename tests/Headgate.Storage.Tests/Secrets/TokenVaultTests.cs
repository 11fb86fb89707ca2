using System.Text;
using Headgate.Budgets;
using Headgate.SignIn;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Secrets;

public sealed class TokenVaultTests : IDisposable
{
    private const string Name = "questrade@login.questrade.com";

    private readonly TempDirectory _temporary = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_token_survives_a_restart_and_stands_in_no_file()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using (var ledger = SqliteLedger.Open(directory.Root, _time))
        {
            var vault = directory.OpenVault(ledger);
            (await vault.TryStoreAsync(null, Name, "refresh-kq7vfindme", "state-kq7vfindme", CancellationToken.None)).ShouldBeTrue();
            (await vault.GetAsync(Name, CancellationToken.None)).ShouldBe(new StoredToken(Name, "refresh-kq7vfindme", "state-kq7vfindme", _time.Now));
        }

        foreach (var file in Directory.EnumerateFiles(_temporary.Path).Where(file => !file.EndsWith("headgate.lock", StringComparison.Ordinal)))
        {
            File.ReadAllBytes(file).AsSpan().IndexOf("kq7vfindme"u8).ShouldBe(-1, file);
        }

        await using var again = SqliteLedger.Open(directory.Root, _time);
        (await directory.OpenVault(again).GetAsync(Name, CancellationToken.None))!.Token.ShouldBe("refresh-kq7vfindme");
    }

    [Fact]
    public async Task Of_two_users_who_have_read_the_same_one_replaces_it()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using var ledger = SqliteLedger.Open(directory.Root, _time);
        await using var other = SqliteLedger.Open(directory.Root, _time);
        var (one, two) = (directory.OpenVault(ledger), directory.OpenVault(other));
        (await one.TryStoreAsync(null, Name, "a", "stored", CancellationToken.None)).ShouldBeTrue();
        (await two.TryStoreAsync(null, Name, "b", "stored", CancellationToken.None)).ShouldBeFalse();
        for (var round = 0; round < 20; round++)
        {
            var (seen, seenToo) = (await one.GetAsync(Name, CancellationToken.None), await two.GetAsync(Name, CancellationToken.None));
            seenToo.ShouldBe(seen);
            var marks = await Task.WhenAll(
                one.TryStoreAsync(seen, Name, "a", $"redeeming by one {round}", CancellationToken.None).AsTask(),
                two.TryStoreAsync(seenToo, Name, "a", $"redeeming by two {round}", CancellationToken.None).AsTask());
            marks.Count(static isMade => isMade).ShouldBe(1);
            (await one.GetAsync(Name, CancellationToken.None))!.State.ShouldBe($"redeeming by {(marks[0] ? "one" : "two")} {round}");
        }
    }

    [Fact]
    public async Task What_was_sealed_with_another_key_reads_as_lost_and_can_be_replaced()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using var ledger = SqliteLedger.Open(directory.Root, _time);
        await directory.OpenVault(ledger).TryStoreAsync(null, Name, "refresh", "state", CancellationToken.None);
        File.Delete(directory.PathOf("hash.key"));

        var vault = directory.OpenVault(ledger);
        var lost = await vault.GetAsync(Name, CancellationToken.None);
        (lost!.Token, lost.State).ShouldBe(("", ""));
        (await vault.TryStoreAsync(lost, Name, "next", "state", CancellationToken.None)).ShouldBeTrue();
        (await vault.GetAsync(Name, CancellationToken.None))!.Token.ShouldBe("next");
    }

    [Fact]
    public async Task A_sealed_token_moved_to_another_name_is_not_taken_for_that_ones()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using var ledger = SqliteLedger.Open(directory.Root, _time);
        ITokenVault raw = ledger;
        var vault = directory.OpenVault(ledger);
        await vault.TryStoreAsync(null, Name, "refresh", "state", CancellationToken.None);
        var @sealed = await raw.GetAsync(Name, CancellationToken.None);
        await raw.TryStoreAsync(null, "other", @sealed!.Token, @sealed.State, CancellationToken.None);
        (await vault.GetAsync("other", CancellationToken.None))!.Token.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plain_token_of_an_earlier_release_is_read_and_sealed_by_the_next_write()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using var ledger = SqliteLedger.Open(directory.Root, _time);
        ITokenVault raw = ledger;
        await raw.TryStoreAsync(null, Name, "plain", "", CancellationToken.None);
        var vault = directory.OpenVault(ledger);
        var held = await vault.GetAsync(Name, CancellationToken.None);
        held!.Token.ShouldBe("plain");
        (await vault.TryStoreAsync(held, Name, "next", "", CancellationToken.None)).ShouldBeTrue();
        (await raw.GetAsync(Name, CancellationToken.None))!.Token.ShouldStartWith("v1:");
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_stores_no_token()
    {
        using var directory = DataDirectory.Open(_temporary.Path, _time);
        await using var ledger = SqliteLedger.Open(directory.Root, _time);
        var vault = directory.OpenVault(ledger);
        ledger.PagesMax = 1;
        await Should.ThrowAsync<LedgerException>(async () => await vault.TryStoreAsync(null, Name, new string('x', 8_000), new string('y', 60_000), CancellationToken.None));
        (await vault.GetAsync(Name, CancellationToken.None)).ShouldBeNull();
    }
}
