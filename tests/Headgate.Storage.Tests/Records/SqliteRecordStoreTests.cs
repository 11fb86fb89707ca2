using System.Text;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Records;

public sealed class SqliteRecordStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_kind_goes_by_its_own_age_and_bytes()
    {
        var options = new RecordStoreOptions
        {
            Retention = new Dictionary<string, RecordRetention>
            {
                ["alert"] = new(AgeMax: TimeSpan.FromDays(10)),
                ["demand"] = new(BytesMax: 5_000),
            },
        };
        await using var store = SqliteRecordStore.Open(_directory.Path, _time, options);
        for (var day = 0; day < 20; day++)
        {
            var at = _time.Now.AddDays(day - 20);
            await store.PutAsync(
                [
                    new StoredRecord("alert", $"{day:00}", at, new byte[1_000]),
                    new StoredRecord("demand", $"{day:00}", at, new byte[1_000]),
                    new StoredRecord("watchlist", $"{day:00}", at, new byte[1_000]),
                ],
                CancellationToken.None);
        }

        _time.Now += TimeSpan.FromMinutes(1);
        await store.PutAsync([new StoredRecord("watchlist", "last", _time.Now, "x"u8.ToArray())], CancellationToken.None);

        (await CountAsync(store, "alert")).ShouldBe(9);
        (await CountAsync(store, "demand")).ShouldBe(5);
        (await CountAsync(store, "watchlist")).ShouldBe(21);
        (await store.GetAsync("demand", "19", CancellationToken.None)).ShouldNotBeNull("the oldest go first");
    }

    [Fact]
    public async Task Retention_reaches_kinds_nothing_was_written_of_since_the_start()
    {
        await using (var store = SqliteRecordStore.Open(_directory.Path, _time))
        {
            await store.PutAsync([new StoredRecord("alert", "1", _time.Now, Encoding.UTF8.GetBytes("{}"))], CancellationToken.None);
        }

        _time.Now += TimeSpan.FromDays(2);
        var options = new RecordStoreOptions { Default = new RecordRetention(AgeMax: TimeSpan.FromDays(1)) };
        await using var reopened = SqliteRecordStore.Open(_directory.Path, _time, options);
        await reopened.PutAsync([new StoredRecord("run", "1", _time.Now, Encoding.UTF8.GetBytes("{}"))], CancellationToken.None);

        (await CountAsync(reopened, "alert")).ShouldBe(0);
        (await CountAsync(reopened, "run")).ShouldBe(1);
    }

    [Fact]
    public void A_corrupt_store_refuses_to_start_and_names_file_and_remedy()
    {
        File.WriteAllText(_directory.Of(SqliteRecordStore.FileName), "this is no database, whatever it was before the disk failed");

        var error = Should.Throw<IOException>(() => SqliteRecordStore.Open(_directory.Path, _time));

        error.Message.ShouldContain(_directory.Of(SqliteRecordStore.FileName));
        error.Message.ShouldContain("backup");
    }

    [Fact]
    public async Task A_store_whose_file_was_deleted_refuses_writes_and_says_so()
    {
        await using var store = SqliteRecordStore.Open(_directory.Path, _time);
        File.Delete(_directory.Of(SqliteRecordStore.FileName));

        await Should.ThrowAsync<IOException>(async () => await store.PutAsync([new StoredRecord("run", "1", _time.Now, new byte[1])], CancellationToken.None));

        store.LastError.ShouldNotBeNull().ShouldContain("removed");
    }

    private static async Task<int> CountAsync(SqliteRecordStore store, string kind) =>
        (await store.QueryAsync(new RecordQuery(kind), CancellationToken.None)).Count;
}
