using System.Text;
using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Entries;

public sealed class SqliteEntryStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();
    private long _version;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_kind_is_kept_within_its_bytes_least_recently_used_first()
    {
        var options = new EntryStoreOptions { Entries = new KindBounds(1 << 20, TimeSpan.FromDays(1)) };
        await using var store = SqliteEntryStore.Open(_directory.Path, _time, options);
        for (var i = 0; i < 100; i++)
        {
            store.Put(Make($"I{i}", 8_000));
        }

        await store.FlushAsync(CancellationToken.None);
        _time.Now += TimeSpan.FromSeconds(1);
        (await store.LoadAsync([Key("I3")], CancellationToken.None)).ShouldNotBeEmpty();
        for (var i = 100; i < 200; i++)
        {
            _time.Now += TimeSpan.FromMilliseconds(10);
            store.Put(Make($"I{i}", 8_000));
            await store.FlushAsync(CancellationToken.None);
        }

        var left = (await store.LoadRecentAsync(long.MaxValue, CancellationToken.None)).Select(entry => entry.Key.Id).ToHashSet();
        left.Count.ShouldBeInRange(100, 125);
        left.ShouldContain("I3", "it was read lately");
        left.ShouldContain("I199");
        left.ShouldNotContain("I0");
        DiskBytes().ShouldBeLessThan(3 << 20);
    }

    [Fact]
    public async Task Large_bodies_count_and_their_files_go_with_them()
    {
        var options = new EntryStoreOptions { Entries = new KindBounds(3 << 20, TimeSpan.FromDays(1)) };
        await using var store = SqliteEntryStore.Open(_directory.Path, _time, options);
        for (var i = 0; i < 20; i++)
        {
            _time.Now += TimeSpan.FromMilliseconds(10);
            store.Put(Make($"I{i}", 1 << 20));
            await store.FlushAsync(CancellationToken.None);
        }

        var left = await store.LoadRecentAsync(long.MaxValue, CancellationToken.None);
        left.Count.ShouldBeInRange(1, 3);
        BodyFiles().Length.ShouldBe(left.Count);
    }

    [Fact]
    public async Task A_replaced_or_removed_large_body_leaves_no_file()
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, _time);
        store.Put(Make("A", 1 << 20));
        await store.FlushAsync(CancellationToken.None);
        store.Put(Make("A", 1 << 20));
        await store.FlushAsync(CancellationToken.None);
        BodyFiles().Length.ShouldBe(1);

        store.Remove(Key("A"));
        await store.FlushAsync(CancellationToken.None);

        BodyFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_body_file_is_no_entry()
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, _time);
        store.Put(Make("A", 1 << 20));
        await store.FlushAsync(CancellationToken.None);
        var file = BodyFiles().ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(file);
        bytes[77_777] ^= 1;
        File.WriteAllBytes(file, bytes);

        (await store.LoadAsync([Key("A")], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_kind_goes_by_its_own_age()
    {
        var options = new EntryStoreOptions
        {
            Entries = new KindBounds(1 << 30, TimeSpan.FromDays(7)),
            Negative = new KindBounds(1 << 30, TimeSpan.FromDays(1)),
            History = new KindBounds(1 << 30, TimeSpan.FromDays(30)),
        };
        await using var store = SqliteEntryStore.Open(_directory.Path, _time, options);
        store.Put(Make("entry", 10));
        store.Put((Draft("negative", 0) with { IsNegative = true }).ToEntry());
        store.Put((Draft("candles", 10) with { Key = new ItemKey("kite.historical", default, "candles") }).ToEntry());
        await store.FlushAsync(CancellationToken.None);

        (await Left(TimeSpan.FromHours(23))).ShouldBe(["candles", "entry", "negative"]);
        (await Left(TimeSpan.FromDays(2))).ShouldBe(["candles", "entry"]);
        (await Left(TimeSpan.FromDays(8))).ShouldBe(["candles"]);
        (await Left(TimeSpan.FromDays(31))).ShouldBeEmpty();

        async Task<IEnumerable<string>> Left(TimeSpan later)
        {
            // Pruning rides with a write; this one is removed at once.
            _time.Now = new ManualTime().Now + later;
            store.Remove(Key("probe"));
            await store.FlushAsync(CancellationToken.None);
            return (await store.LoadRecentAsync(long.MaxValue, CancellationToken.None)).Select(entry => entry.Key.Id).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public async Task Entries_of_many_calls_store_an_equal_envelope_once()
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, _time);
        for (var call = 0; call < 5; call++)
        {
            var envelope = new Envelope("{\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), new EngineTime(_time.Now.UtcTicks + call));
            store.Put((Draft($"A{call}", 10) with { Envelope = envelope }).ToEntry());
            store.Put((Draft($"B{call}", 10) with { Envelope = envelope }).ToEntry());
            await store.FlushAsync(CancellationToken.None);
        }

        Query("SELECT count(*) FROM envelopes").ShouldBe(1L);
        var loaded = await store.LoadAsync([Key("A3"), Key("B3"), Key("A4")], CancellationToken.None);
        loaded[0].Envelope.ShouldBeSameAs(loaded[1].Envelope);
        loaded[2].Envelope!.SentAt.ShouldBe(new EngineTime(_time.Now.UtcTicks + 4));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_writing_goes_on_once_there_is_room()
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, _time);
        store.Put(Make("before", 100));
        await store.FlushAsync(CancellationToken.None);
        store.PagesMax = 1;
        for (var i = 0; i < 20; i++)
        {
            store.Put(Make($"I{i}", 50_000));
        }

        await Should.ThrowAsync<IOException>(async () => await store.FlushAsync(CancellationToken.None));
        store.LastError.ShouldNotBeNull().ShouldContain("full");
        (await store.LoadAsync([Key("before"), Key("I7")], CancellationToken.None)).Count.ShouldBe(2, "what waits is still served");

        store.PagesMax = 0;
        await store.FlushAsync(CancellationToken.None);
        store.LastError.ShouldBeNull();
        Query("SELECT count(*) FROM entries").ShouldBe(21L);
    }

    [Fact]
    public async Task A_full_queue_gives_up_the_oldest_entries_and_never_a_removal()
    {
        var queue = new WriteQueue(new EntryStoreOptions { QueueMax = 3 });
        queue.Put(Make("A", 10));
        queue.Remove(Key("gone"));
        queue.Put(Make("B", 10));
        queue.Put(Make("C", 10));
        queue.Put(Make("D", 10));

        var batch = queue.Take()!;

        batch.Writes.Keys.Select(key => key.Id).ShouldBe(["gone", "C", "D"]);
        batch.PurgeEntries.ShouldBeFalse();
        queue.GivenUp.ShouldBe(2);
        await Task.CompletedTask;
    }

    [Fact]
    public void Removals_that_no_longer_fit_become_the_removal_of_everything()
    {
        var queue = new WriteQueue(new EntryStoreOptions { QueueMax = 3 });
        for (var i = 0; i < 4; i++)
        {
            queue.Remove(Key($"I{i}"));
        }

        queue.TryFind(Key("whatever"), out var entry).ShouldBeTrue();
        entry.ShouldBeNull();
        queue.Put(Make("new", 10));

        var batch = queue.Take()!;
        batch.PurgeEntries.ShouldBeTrue();
        batch.Writes.Keys.ShouldHaveSingleItem().Id.ShouldBe("new");
    }

    [Fact]
    public void What_could_not_be_written_waits_again_unless_something_newer_does()
    {
        var queue = new WriteQueue(new EntryStoreOptions());
        queue.Put(Make("A", 10));
        queue.Remove(Key("B"));
        var batch = queue.Take()!;
        var newer = Make("B", 10);
        queue.Put(newer);
        queue.Return(batch, TimeSpan.Zero);

        var again = queue.Take()!;

        again.Writes[Key("A")].Entry!.Version.ShouldBe(1);
        again.Writes[Key("B")].ShouldBe(new PendingWrite(Key("B"), newer, RemoveFirst: true));
    }

    [Theory]
    [InlineData("no database at all, but long enough to be taken for the beginning of one: 0123456789 0123456789 0123456789")]
    [InlineData(null)]
    public async Task A_corrupt_cache_or_one_of_a_later_release_is_moved_aside_and_begins_empty(string? garbage)
    {
        await using (var store = SqliteEntryStore.Open(_directory.Path, _time))
        {
            store.Put(Make("A", 1 << 20));
        }

        if (garbage is not null)
        {
            File.WriteAllText(_directory.Of(SqliteEntryStore.FileName), garbage);
        }
        else
        {
            using var connection = SqliteFile.OpenWriter(_directory.Of(SqliteEntryStore.FileName), Durability.Process, create: false);
            SqliteFile.Execute(connection, "PRAGMA user_version=999");
        }

        var said = "";
        await using var fresh = SqliteEntryStore.Open(_directory.Path, _time, new EntryStoreOptions { Log = text => said = text });

        said.ShouldContain("cache.db.corrupt-20261120T100000000");
        (await fresh.LoadAsync([Key("A")], CancellationToken.None)).ShouldBeEmpty();
        BodyFiles().ShouldBeEmpty("bodies of the old cache are orphans");
        fresh.Put(Make("B", 10));
        await fresh.FlushAsync(CancellationToken.None);
        fresh.LastError.ShouldBeNull();
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named() =>
        Should.Throw<IOException>(() => SqliteEntryStore.Open("/proc/self", _time)).Message.ShouldContain("/proc/self/cache.db");

    [Fact]
    public async Task The_greatest_stored_version_is_told_at_the_next_start()
    {
        await using (var store = SqliteEntryStore.Open(_directory.Path, _time))
        {
            store.VersionMax.ShouldBe(0);
            _version = 4_711;
            store.Put(Make("A", 10));
        }

        await using var reopened = SqliteEntryStore.Open(_directory.Path, _time);
        reopened.VersionMax.ShouldBe(4_712);
    }

    private static ItemKey Key(string id) => new("kite.quote", default, id);

    private EntryDraft Draft(string id, int bytes) => new()
    {
        Key = Key(id),
        Body = Encoding.ASCII.GetBytes(new string('x', bytes)),
        Version = ++_version,
        SentAt = new EngineTime(_time.Now.UtcTicks),
    };

    private Entry Make(string id, int bytes) => Draft(id, bytes).ToEntry();

    private string[] BodyFiles() => Directory.Exists(_directory.Of(SqliteEntryStore.BodiesName))
        ? Directory.GetFiles(_directory.Of(SqliteEntryStore.BodiesName), "*", SearchOption.AllDirectories)
        : [];

    private long DiskBytes() => Directory.GetFiles(_directory.Path, "cache.db").Sum(file => new FileInfo(file).Length);

    private object? Query(string sql)
    {
        using var connection = SqliteFile.OpenReader(_directory.Of(SqliteEntryStore.FileName));
        return SqliteFile.Scalar(connection, sql);
    }
}
