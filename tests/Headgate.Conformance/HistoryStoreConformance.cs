using System.Text;
using Headgate.History;

namespace Headgate.Conformance;

/// <summary>What every history store holds. Derive, and open the same storage again at each <see cref="OpenAsync"/>.</summary>
public abstract class HistoryStoreConformance
{
    private static readonly ItemKey Key = new("kite.historical", new IdentityHash(ulong.MaxValue, 7), "/instruments/historical/408065/day?oi=1");
    private static readonly HistoryFrame Frame = new(
        "{\"data\":{\"candles\":["u8.ToArray(), ","u8.ToArray(), "]}}"u8.ToArray(), "application/json", [new HeaderField("X-Kite-Version", "3")], new EngineTime(42));

    /// <summary>Opens this test's storage: empty the first time.</summary>
    protected abstract ValueTask<IHistoryStore> OpenAsync();

    /// <summary>Ends the process's hold on it, in good order.</summary>
    protected abstract ValueTask CloseAsync(IHistoryStore store);

    [Fact]
    public async Task What_was_put_is_found_again_after_a_restart()
    {
        await WithAsync(store => Put(store, 0, 100, (10, "[10,1.50]"), (20, "[20,2]")));

        await WithAsync(async store =>
        {
            var head = (await store.LoadAsync(Key, default)).ShouldNotBeNull();
            head.Series.ShouldBe(Key);
            head.Covered.ShouldBe([new InstantRange(0, 100)]);
            Text(head.Frame.Prefix).ShouldBe("{\"data\":{\"candles\":[");
            Text(head.Frame.Separator!.Value).ShouldBe(",");
            Text(head.Frame.Suffix).ShouldBe("]}}");
            head.Frame.ContentType.ShouldBe("application/json");
            head.Frame.Headers.ShouldBe([new HeaderField("X-Kite-Version", "3")]);
            head.Frame.SentAt.ShouldBe(new EngineTime(42));
            (await Rows(store, 0, 100)).ShouldBe(["10 [10,1.50]", "20 [20,2]"]);
            (await Rows(store, 10, 20)).ShouldBe(["10 [10,1.50]"]);
            (await Rows(store, 11, 20)).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task A_series_nobody_put_is_unknown()
    {
        await WithAsync(async store =>
        {
            await Put(store, 0, 100);
            (await store.LoadAsync(Key with { Owner = default }, default)).ShouldBeNull();
            (await store.LoadAsync(Key with { Id = "/instruments/historical/408065/day" }, default)).ShouldBeNull();
            var none = await store.LoadRowsAsync(Key with { Id = "x" }, new InstantRange(0, 100), default);
            none.Covered.ShouldBeEmpty();
            none.Rows.ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task A_listing_tells_span_rows_bytes_and_age_and_finds_by_scope_name_and_age()
    {
        await WithAsync(async store =>
        {
            await Put(store, 0, 100, (10, "[10,1.50]"), (20, "[20,2]"));
            await Put(store, 200, 300);
            var info = (await store.ListAsync(new HistoryFilter(), default)).ShouldHaveSingleItem();
            info.Series.ShouldBe(Key);
            info.Covered.ShouldBe([new InstantRange(0, 100), new InstantRange(200, 300)]);
            info.Rows.ShouldBe(2);
            info.Bytes.ShouldBeGreaterThanOrEqualTo(15);
            info.SentAt.ShouldBe(new EngineTime(42));
            (await Count(new HistoryFilter { Scope = "kite" })).ShouldBe(1);
            (await Count(new HistoryFilter { Scope = "kit" })).ShouldBe(0);
            (await Count(new HistoryFilter { Scope = "kite.historical", Name = Key.Id })).ShouldBe(1);
            (await Count(new HistoryFilter { NameContains = "408066" })).ShouldBe(0);
            (await Count(new HistoryFilter { SentBefore = new EngineTime(42) })).ShouldBe(0);
            (await Count(new HistoryFilter { SentBefore = new EngineTime(43) })).ShouldBe(1);

            async Task<int> Count(HistoryFilter filter) => (await store.ListAsync(filter, default)).Count;
        });
    }

    [Fact]
    public async Task Known_empty_stretches_are_known()
    {
        await WithAsync(store => Put(store, -86_400, 0));
        await WithAsync(async store =>
        {
            (await store.LoadAsync(Key, default))!.Covered.ShouldBe([new InstantRange(-86_400, 0)]);
            (await store.LoadRowsAsync(Key, new InstantRange(-10, 10), default)).Covered.ShouldBe([new InstantRange(-10, 0)]);
        });
    }

    [Fact]
    public async Task A_range_written_anew_has_only_its_new_rows()
    {
        await WithAsync(async store =>
        {
            await Put(store, 0, 100, (10, "old"), (20, "old"), (30, "old"));
            await Put(store, 15, 25, (21, "new"));
            (await Rows(store, 0, 100)).ShouldBe(["10 old", "21 new", "30 old"]);
            (await store.LoadAsync(Key, default))!.Covered.ShouldBe([new InstantRange(0, 100)]);
        });
    }

    [Fact]
    public async Task A_frame_without_a_separator_keeps_the_known_one()
    {
        await WithAsync(async store =>
        {
            await Put(store, 0, 100, (10, "a"), (20, "b"));
            store.Put(new HistoryWrite(Key, new InstantRange(100, 200), [], Frame with { Separator = null, SentAt = new EngineTime(43) }));
            await store.FlushAsync(default);
            var head = (await store.LoadAsync(Key, default))!;
            Text(head.Frame.Separator!.Value).ShouldBe(",");
            head.Frame.SentAt.ShouldBe(new EngineTime(43));
        });
    }

    [Fact]
    public async Task Coverage_equals_a_set_of_seconds()
    {
        await WithAsync(async store =>
        {
            var random = new Random(3);
            HashSet<long> seconds = [];
            Dictionary<long, string> rows = [];
            for (var step = 0; step < 60; step++)
            {
                var start = random.Next(100);
                var end = random.Next(start + 1, start + 20);
                var bars = Enumerable.Range(start, end - start).Where(_ => random.Next(3) == 0).Select(bar => ((long)bar, $"{bar}:{step}")).ToArray();
                for (var second = start; second < end; second++)
                {
                    seconds.Add(second);
                    rows.Remove(second);
                }

                foreach (var (bar, text) in bars)
                {
                    rows[bar] = text;
                }

                await Put(store, start, end, bars);
                var covered = (await store.LoadAsync(Key, default))!.Covered;
                covered.SelectMany(range => Enumerable.Range((int)range.Start, (int)range.Seconds).Select(second => (long)second)).ShouldBe(seconds.Order());
                covered.Zip(covered.Skip(1)).ShouldAllBe(pair => pair.First.End < pair.Second.Start);
            }

            (await Rows(store, 0, 200)).ShouldBe(rows.OrderBy(row => row.Key).Select(row => $"{row.Key} {row.Value}"));
        });
    }

    [Fact]
    public async Task Series_are_listed_by_endpoint_and_removed_whole()
    {
        await WithAsync(async store =>
        {
            await Put(store, 0, 100, (10, "a"));
            store.Put(new HistoryWrite(Key with { Id = "/a" }, new InstantRange(0, 1), [], Frame));
            store.Put(new HistoryWrite(Key with { Endpoint = "other.candles" }, new InstantRange(0, 1), [], Frame));
            await store.FlushAsync(default);
            (await store.ListAsync(new HistoryFilter { Scope = "kite.historical" }, default)).Select(head => head.Series.Id).ShouldBe(["/a", Key.Id]);

            store.Remove(Key);
            await store.FlushAsync(default);
            (await store.ListAsync(new HistoryFilter { Scope = "kite.historical" }, default)).Select(head => head.Series.Id).ShouldBe(["/a"]);
            (await store.LoadAsync(Key, default)).ShouldBeNull();
            (await Rows(store, 0, 100)).ShouldBeEmpty();
        });
    }

    protected static async Task Put(IHistoryStore store, long start, long end, params (long Bar, string Text)[] rows)
    {
        store.Put(new HistoryWrite(Key, new InstantRange(start, end), [.. rows.Select(row => new CandleRow(row.Bar, Encoding.UTF8.GetBytes(row.Text)))], Frame));
        await store.FlushAsync(default);
    }

    protected static async Task<IReadOnlyList<string>> Rows(IHistoryStore store, long start, long end) =>
        [.. (await store.LoadRowsAsync(Key, new InstantRange(start, end), default)).Rows.Select(row => $"{row.Bar} {Text(row.Text)}")];

    protected async Task WithAsync(Func<IHistoryStore, Task> use)
    {
        var store = await OpenAsync();
        await use(store);
        await CloseAsync(store);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
