using Headgate.Budgets;
using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests;

/// <summary>Real full and read-only file systems, which the databases' own size bound only imitates.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempDirectory _mount = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
        {
            TmpfsFactAttribute.Run("umount", _mount.Path);
        }

        _mount.Dispose();
    }

    [TmpfsFact]
    public async Task On_a_full_disk_charges_are_refused_whole_and_room_heals_everything()
    {
        Mount();
        await using var ledger = SqliteLedger.Open(_mount.Path, TimeProvider.System);
        await using var entries = SqliteEntryStore.Open(_mount.Path, TimeProvider.System);
        await ledger.LoadAsync(CancellationToken.None);
        var filler = _mount.Of("filler");
        Fill(filler);

        var acknowledged = 0;
        var refused = false;
        for (var id = 1; id <= 5_000 && !refused; id++)
        {
            try
            {
                await ledger.ChargeAsync(Charge(id), CancellationToken.None);
                acknowledged = id;
            }
            catch (LedgerException error)
            {
                error.Message.ShouldContain("Free disk space");
                refused = true;
            }
        }

        refused.ShouldBeTrue();
        ledger.IsWritable.ShouldBeFalse();
        entries.Put(new EntryDraft { Key = new ItemKey("kite.quote", default, "A"), Body = new byte[200_000], Version = 1, SentAt = new EngineTime(DateTime.UtcNow.Ticks) }.ToEntry());
        await Should.ThrowAsync<IOException>(async () => await entries.FlushAsync(CancellationToken.None));
        entries.LastError.ShouldNotBeNull();
        (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeFalse();

        File.Delete(filler);
        (await ledger.ProbeAsync(CancellationToken.None)).ShouldBeTrue();
        await ledger.ChargeAsync(Charge(acknowledged + 2), CancellationToken.None);
        await entries.FlushAsync(CancellationToken.None);
        entries.LastError.ShouldBeNull();
        (await ledger.LoadAsync(CancellationToken.None)).Windows.ShouldHaveSingleItem().Used.ShouldBe(acknowledged + 1);
    }

    [TmpfsFact]
    public async Task A_read_only_file_system_is_refused_at_start_by_every_store()
    {
        Mount();
        await using (var ledger = SqliteLedger.Open(_mount.Path, TimeProvider.System))
        {
            await ledger.ChargeAsync(Charge(1), CancellationToken.None);
        }

        TmpfsFactAttribute.Run("mount", "-o", "remount,ro", _mount.Path).ShouldBeTrue();

        Should.Throw<LedgerException>(() => SqliteLedger.Open(_mount.Path, TimeProvider.System)).Message.ShouldContain("writable");
        Should.Throw<IOException>(() => SqliteEntryStore.Open(_mount.Path, TimeProvider.System)).Message.ShouldContain("writable");
        Should.Throw<DataDirectoryException>(() => DataDirectory.Open(_mount.Path, TimeProvider.System)).Message.ShouldContain("writable");
    }

    private static Charge Charge(long id) => new(
        id, new EngineTime(DateTime.UtcNow.Ticks), TimeSpan.FromSeconds(7), new ClockMark("boot", id, DateTime.UtcNow.Ticks),
        [new SlidingCharge("kite.quote/a", 1, TimeSpan.FromDays(1))], [new CalendarCharge("av.day/a", "2026-11-20", 1)], "kite.quote");

    private static void Fill(string path)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4_096];
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            // Full: what the test wants.
        }
    }

    private void Mount() => _mounted = TmpfsFactAttribute.Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _mount.Path);
}
