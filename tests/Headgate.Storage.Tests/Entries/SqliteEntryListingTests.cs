using System.Text;
using Headgate.Caching;
using Headgate.Conformance;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Entries;

public sealed class SqliteEntryListingTests : EntryListingConformance, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_waits_to_be_written_or_dropped_is_listed_as_if_it_were()
    {
        await WithAsync(store =>
        {
            store.Put(Make("kite.quote", "A", 1));
            store.Put(Make("coinbase.ticker", "B", 2));
            return Task.CompletedTask;
        });
        await using var store = SqliteEntryStore.Open(_directory.Path, TimeProvider.System, new EntryStoreOptions { WriteDelay = TimeSpan.FromMilliseconds(100) });

        store.Reset(new EntryOrigin("kite", new IdentityHash(1, 1)));
        store.Put(Make("kite.quote", "C", 3));

        (await store.ListAsync(new EntryFilter(), CancellationToken.None)).Select(entry => entry.Key.Id).ShouldBe(["C", "B"]);
        (await store.LoadAsync([new ItemKey("kite.quote", default, "A"), new ItemKey("kite.quote", default, "C")], CancellationToken.None))
            .Select(entry => Encoding.UTF8.GetString(entry.Body.Span)).ShouldBe(["C"]);
        (await store.LoadRecentAsync(long.MaxValue, CancellationToken.None)).Select(entry => entry.Key.Id).ShouldBe(["C", "B"]);
        (await store.LoadOriginsAsync(CancellationToken.None)).ShouldBe([new EntryOrigin("kite", new IdentityHash(1, 1))]);
    }

    [Fact]
    public async Task The_files_of_large_bodies_go_with_a_reset()
    {
        await WithAsync(store =>
        {
            store.Put(new EntryDraft { Key = new ItemKey("kite.instruments", default, "/instruments"), Body = new byte[1 << 20], Version = 1, SentAt = new EngineTime(DateTime.UtcNow.Ticks) }.ToEntry());
            return Task.CompletedTask;
        });
        Directory.GetFiles(_directory.Of(SqliteEntryStore.BodiesName), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();

        await WithAsync(store =>
        {
            store.Reset(new EntryOrigin("kite", new IdentityHash(1, 1)));
            return Task.CompletedTask;
        });

        Directory.GetFiles(_directory.Of(SqliteEntryStore.BodiesName), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    protected override Task RunAsync(Func<Task> test) => test();

    protected override async Task WithAsync(Func<IEntryStore, Task> use)
    {
        await using var store = SqliteEntryStore.Open(_directory.Path, TimeProvider.System);
        await use(store);
        await store.FlushAsync(CancellationToken.None);
    }
}
