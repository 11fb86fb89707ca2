using System.Text;

namespace Headgate.Conformance;

/// <summary>What every record store holds. Derive, and open the same storage again at each <see cref="OpenAsync"/>.</summary>
public abstract class RecordStoreConformance
{
    private static readonly DateTimeOffset Noon = new(DateTime.UtcNow.Date.AddHours(12), TimeSpan.Zero);

    /// <summary>Opens this test's storage: empty the first time.</summary>
    protected abstract ValueTask<IRecordStore> OpenAsync();

    /// <summary>Ends the process's hold on it, in good order.</summary>
    protected abstract ValueTask CloseAsync(IRecordStore store);

    [Fact]
    public async Task A_record_is_found_again_and_the_same_id_of_another_kind_is_not_it()
    {
        await WithAsync(async store => await store.PutAsync([Record("alert", "1", "{}")], CancellationToken.None));

        await WithAsync(async store =>
        {
            var found = await store.GetAsync("alert", "1", CancellationToken.None);
            found.ShouldNotBeNull();
            found.At.ShouldBe(Noon);
            Text(found).ShouldBe("{}");
            (await store.GetAsync("run", "1", CancellationToken.None)).ShouldBeNull();
            (await store.GetAsync("alert", "2", CancellationToken.None)).ShouldBeNull();
        });
    }

    [Fact]
    public async Task A_put_replaces_and_an_add_does_not()
    {
        await WithAsync(async store =>
        {
            (await store.TryAddAsync(Record("alert", "1", "first"), CancellationToken.None)).ShouldBeTrue();
            (await store.TryAddAsync(Record("alert", "1", "second"), CancellationToken.None)).ShouldBeFalse();
            Text((await store.GetAsync("alert", "1", CancellationToken.None))!).ShouldBe("first");

            await store.PutAsync([Record("alert", "1", "third")], CancellationToken.None);
            Text((await store.GetAsync("alert", "1", CancellationToken.None))!).ShouldBe("third");
        });
    }

    [Fact]
    public async Task Of_many_adds_at_once_exactly_one_wins()
    {
        await WithAsync(async store =>
        {
            var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(
                i => Task.Run(async () => await store.TryAddAsync(Record("job", "minute", $"{i}"), CancellationToken.None))));
            won.Count(static one => one).ShouldBe(1);
        });
    }

    [Fact]
    public async Task A_deleted_record_is_gone()
    {
        await WithAsync(async store =>
        {
            await store.PutAsync([Record("alert", "1", "{}")], CancellationToken.None);
            (await store.DeleteAsync("alert", "1", CancellationToken.None)).ShouldBeTrue();
            (await store.DeleteAsync("alert", "1", CancellationToken.None)).ShouldBeFalse();
        });

        await WithAsync(async store => (await store.GetAsync("alert", "1", CancellationToken.None)).ShouldBeNull());
    }

    [Fact]
    public async Task A_query_goes_by_time_prefix_and_number()
    {
        await WithAsync(async store =>
        {
            await store.PutAsync(
                [
                    Record("alert", "nse-2", "b", TimeSpan.FromMinutes(2)),
                    Record("alert", "nse-1", "a", TimeSpan.FromMinutes(1)),
                    Record("alert", "bse-3", "c", TimeSpan.FromMinutes(3)),
                    Record("alert", "nse-4", "d", TimeSpan.FromMinutes(4)),
                    Record("run", "nse-5", "e", TimeSpan.FromMinutes(2)),
                ],
                CancellationToken.None);

            (await Ids(store, new RecordQuery("alert"))).ShouldBe(["nse-1", "nse-2", "bse-3", "nse-4"]);
            (await Ids(store, new RecordQuery("alert") { NewestFirst = true, Max = 2 })).ShouldBe(["nse-4", "bse-3"]);
            (await Ids(store, new RecordQuery("alert") { IdPrefix = "nse-" })).ShouldBe(["nse-1", "nse-2", "nse-4"]);
            (await Ids(store, new RecordQuery("alert") { IdPrefix = "NSE-" })).ShouldBeEmpty();
            (await Ids(store, new RecordQuery("alert") { From = Noon.AddMinutes(2), Before = Noon.AddMinutes(4) })).ShouldBe(["nse-2", "bse-3"]);
            (await Ids(store, new RecordQuery("none"))).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task Records_put_together_are_stored_together_or_not_at_all()
    {
        await WithAsync(async store =>
        {
            await Should.ThrowAsync<ArgumentException>(async () => await store.PutAsync(
                [Record("alert", "1", "{}"), Record("alert", new string('x', 100_000), "{}")], CancellationToken.None));
            (await store.GetAsync("alert", "1", CancellationToken.None)).ShouldBeNull();
        });
    }

    protected static StoredRecord Record(string kind, string id, string content, TimeSpan after = default) =>
        new(kind, id, Noon + after, Encoding.UTF8.GetBytes(content));

    protected async Task WithAsync(Func<IRecordStore, Task> use)
    {
        var store = await OpenAsync();
        await use(store);
        await CloseAsync(store);
    }

    protected static async Task<IEnumerable<string>> Ids(IRecordStore store, RecordQuery query) =>
        (await store.QueryAsync(query, CancellationToken.None)).Select(static record => record.Id);

    private static string Text(StoredRecord record) => Encoding.UTF8.GetString(record.Content.Span);
}
