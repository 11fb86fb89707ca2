using System.Text;
using Headgate.History;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.History;

public sealed class SqliteHistoryStoreTests : IDisposable
{
    private static readonly HistoryFrame Frame = new("[["u8.ToArray(), null, "]]"u8.ToArray(), null, [], new EngineTime(new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc).Ticks));

    private readonly TempDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_shares_its_file_with_the_entries_and_is_seen_in_the_operators_view()
    {
        await using (var entries = SqliteEntryStore.Open(_directory.Path, _time))
        await using (var store = SqliteHistoryStore.Open(_directory.Path, _time))
        {
            store.Put(Write("/instruments/historical/408065/day", 0, (10, "[\"a\",1.50]"), (5, "[\"b\",2]")));
            store.Put(Write("/instruments/historical/5633/day?oi=1", 0));
            await store.FlushAsync(default);
            await entries.FlushAsync(default);
        }

        View("SELECT symbol, data, cached_at, candle_count FROM historical_cache ORDER BY symbol").ShouldBe(
            ["408065|[[\"b\",2],[\"a\",1.50]]|2026-11-20T10:00:00.000Z|2", "5633|[]|2026-11-20T10:00:00.000Z|0"]);
    }

    [Fact]
    public async Task Beyond_the_bound_the_least_recently_used_series_go_whole()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, _time, new HistoryStoreOptions { Bounds = new KindBounds(20_000, TimeSpan.FromDays(400)) });
        foreach (var name in (string[])["/a", "/b", "/c"])
        {
            store.Put(Write(name, 0, (1, new string('x', 8_000))));
            await store.FlushAsync(default);
            _time.Now = _time.Now.AddMinutes(1);
        }

        (await store.ListAsync(new HistoryFilter { Scope = "kite.historical" }, default)).Select(head => head.Series.Id).ShouldBe(["/b", "/c"]);
        (await store.LoadRowsAsync(Key("/a"), new InstantRange(0, 10), default)).Covered.ShouldBeEmpty();
    }

    [Fact]
    public async Task Series_that_nobody_used_for_long_go()
    {
        await using var store = SqliteHistoryStore.Open(_directory.Path, _time);
        store.Put(Write("/a", 0));
        await store.FlushAsync(default);
        _time.Now = _time.Now.AddDays(401);
        store.Put(Write("/b", 0));
        await store.FlushAsync(default);
        (await store.ListAsync(new HistoryFilter { Scope = "kite.historical" }, default)).Select(head => head.Series.Id).ShouldBe(["/b"]);
    }

    private static ItemKey Key(string id) => new("kite.historical", default, id);

    private static HistoryWrite Write(string id, long start, params (long Bar, string Text)[] rows) =>
        new(Key(id), new InstantRange(start, start + 100), [.. rows.OrderBy(row => row.Bar).Select(row => new CandleRow(row.Bar, Encoding.UTF8.GetBytes(row.Text)))], Frame);

    private List<string> View(string sql)
    {
        using var connection = SqliteFile.OpenReader(_directory.Of(SqliteEntryStore.FileName));
        using var statement = new Statement(connection, sql, 0);
        using var row = statement.Read();
        var rows = new List<string>();
        while (row.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i))));
        }

        return rows;
    }
}
