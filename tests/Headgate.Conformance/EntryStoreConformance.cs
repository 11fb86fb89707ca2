using System.Text;
using Headgate.Caching;

namespace Headgate.Conformance;

/// <summary>What every entry store holds. Derive, and open the same storage again at each <see cref="OpenAsync"/>.</summary>
public abstract class EntryStoreConformance
{
    // Recent, since stores bound entries by age.
    private static readonly EngineTime Now = new(DateTime.UtcNow.Ticks);

    /// <summary>Opens this test's storage: empty the first time.</summary>
    protected abstract ValueTask<IEntryStore> OpenAsync();

    /// <summary>Ends the process's hold on it, in good order.</summary>
    protected abstract ValueTask CloseAsync(IEntryStore store);

    [Fact]
    public async Task An_entry_is_found_again_with_every_field()
    {
        var entry = new Entry
        {
            Key = new ItemKey("kite.quote", new IdentityHash(ulong.MaxValue, 3), "NSE:M&M \u20b9"),
            Body = Encoding.UTF8.GetBytes("\"NSE:M&M\":{\"last_price\":63.80}"),
            Envelope = new Envelope("{\"data\":{"u8.ToArray(), ","u8.ToArray(), "}}"u8.ToArray(), Now),
            Status = 200,
            ContentType = "application/json",
            ContentCoding = "gzip",
            Headers = [new HeaderField("ETag", "\"a\u00e9\""), new HeaderField("X-Kite", "1"), new HeaderField("X-Kite", "2")],
            AsOf = new DateTimeOffset(2026, 11, 20, 14, 30, 0, TimeSpan.FromHours(5.5)),
            SentAt = Now,
            FreshUntil = Now + TimeSpan.FromSeconds(1),
            StaleUntil = EngineTime.Never,
            Version = 17,
        };
        await WithAsync(store => store.Put(entry));

        Same((await ReloadAsync(entry.Key)).ShouldHaveSingleItem(), entry);
    }

    [Fact]
    public async Task An_entry_without_the_optional_fields_is_found_again_as_it_was()
    {
        var whole = Make("AAPL", 1, "{}") with { ContentType = null };
        var negative = Make("NOPE", 2, "") with { IsNegative = true, Status = 404 };
        await WithAsync(store =>
        {
            store.Put(whole.ToEntry());
            store.Put(negative.ToEntry());
        });

        Same((await ReloadAsync(whole.Key)).ShouldHaveSingleItem(), whole.ToEntry());
        Same((await ReloadAsync(negative.Key)).ShouldHaveSingleItem(), negative.ToEntry());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public async Task Bodies_of_every_size_come_back_byte_for_byte(int bytes)
    {
        var body = new byte[bytes];
        new Random(bytes).NextBytes(body);
        var entry = Make("dump", 1, "") with { Body = body };
        await WithAsync(store => store.Put(entry.ToEntry()));

        (await ReloadAsync(entry.Key)).ShouldHaveSingleItem().Body.ToArray().ShouldBe(body);
    }

    [Fact]
    public async Task What_was_just_put_or_removed_is_seen_at_once()
    {
        var store = await OpenAsync();
        store.Put(Make("A", 1, "one").ToEntry());
        Text(await store.LoadAsync([Key("A")], CancellationToken.None)).ShouldBe(["one"]);

        store.Remove(Key("A"));
        (await store.LoadAsync([Key("A")], CancellationToken.None)).ShouldBeEmpty();
        await CloseAsync(store);

        (await ReloadAsync(Key("A"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one()
    {
        await WithAsync(store =>
        {
            store.Put(Make("A", 5, "new").ToEntry());
            store.Put(Make("A", 4, "old").ToEntry());
        });
        Text(await ReloadAsync(Key("A"))).ShouldBe(["new"]);

        await WithAsync(store => store.Put(Make("A", 3, "older, after a restart").ToEntry()));
        Text(await ReloadAsync(Key("A"))).ShouldBe(["new"]);

        await WithAsync(store => store.Put(Make("A", 6, "newest").ToEntry()));
        Text(await ReloadAsync(Key("A"))).ShouldBe(["newest"]);
    }

    [Fact]
    public async Task After_a_removal_whatever_comes_is_stored()
    {
        await WithAsync(store => store.Put(Make("A", 5, "five").ToEntry()));

        await WithAsync(store =>
        {
            store.Remove(Key("A"));
            store.Put(Make("A", 4, "four").ToEntry());
        });

        Text(await ReloadAsync(Key("A"))).ShouldBe(["four"]);
    }

    [Fact]
    public async Task Keys_that_differ_in_any_part_are_kept_apart()
    {
        ItemKey[] keys =
        [
            new("kite.quote", default, "A"),
            new("kite.ltp", default, "A"),
            new("kite.quote", new IdentityHash(1, 0), "A"),
            new("kite.quote", new IdentityHash(0, 1), "A"),
            new("kite.quote", default, "a"),
        ];
        await WithAsync(store =>
        {
            for (var i = 0; i < keys.Length; i++)
            {
                store.Put((Make("", i + 1, $"body {i}") with { Key = keys[i] }).ToEntry());
            }
        });

        for (var i = 0; i < keys.Length; i++)
        {
            Text(await ReloadAsync(keys[i])).ShouldBe([$"body {i}"]);
        }
    }

    [Fact]
    public async Task Absent_keys_are_left_out()
    {
        await WithAsync(store => store.Put(Make("A", 1, "a").ToEntry()));

        Text(await ReloadAsync(Key("X"), Key("A"), Key("Y"))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task The_newest_come_first_up_to_the_bytes_asked()
    {
        await WithAsync(store =>
        {
            for (var i = 0; i < 20; i++)
            {
                store.Put((Make($"I{i:00}", i + 1, new string('x', 1_000)) with { SentAt = Now + TimeSpan.FromSeconds(i) }).ToEntry());
            }
        });

        var store = await OpenAsync();
        var some = await store.LoadRecentAsync(6_000, CancellationToken.None);
        var all = await store.LoadRecentAsync(1_000_000, CancellationToken.None);
        await CloseAsync(store);

        some.Count.ShouldBeInRange(3, 6);
        some.Select(entry => entry.Key.Id).ShouldBe(Enumerable.Range(0, some.Count).Select(i => $"I{19 - i:00}"));
        all.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_flush_makes_everything_before_it_durable()
    {
        var store = await OpenAsync();
        store.Put(Make("A", 1, "a").ToEntry());
        await store.FlushAsync(CancellationToken.None);
        store.LastError.ShouldBeNull();
        await CloseAsync(store);

        Text(await ReloadAsync(Key("A"))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Entitlements_are_kept_and_their_end_replaces_their_grant()
    {
        var granted = new Entitlement("kite", "quote", new IdentityHash(1, ulong.MaxValue), Now + TimeSpan.FromHours(24));
        var ended = new Entitlement("kite", "quote", new IdentityHash(2, 2), Now - TimeSpan.FromSeconds(1));
        await WithAsync(store =>
        {
            store.PutEntitlement(granted);
            store.PutEntitlement(ended with { Until = Now + TimeSpan.FromHours(24) });
            store.PutEntitlement(ended);
        });

        var store = await OpenAsync();
        var all = await store.LoadEntitlementsAsync(CancellationToken.None);
        await CloseAsync(store);

        all.ShouldBe([granted, ended], ignoreOrder: true);
    }

    [Fact]
    public async Task Many_writers_and_readers_at_once_never_see_a_wrong_body()
    {
        var store = await OpenAsync();
        var version = 0L;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var id = $"I{i % 10}";
                store.Put(Make(id, Interlocked.Increment(ref version), $"{id} body").ToEntry());
                foreach (var entry in await store.LoadAsync([Key(id), Key($"I{(i + 5) % 10}")], CancellationToken.None))
                {
                    Encoding.UTF8.GetString(entry.Body.Span).ShouldBe($"{entry.Key.Id} body");
                }
            }
        })));
        await CloseAsync(store);

        (await ReloadAsync([.. Enumerable.Range(0, 10).Select(i => Key($"I{i}"))])).Count.ShouldBe(10);
    }

    protected static ItemKey Key(string id) => new("kite.quote", default, id);

    protected static EntryDraft Make(string id, long version, string body) => new()
    {
        Key = Key(id),
        Body = Encoding.UTF8.GetBytes(body),
        Version = version,
        SentAt = Now,
    };

    protected async Task WithAsync(Action<IEntryStore> use)
    {
        var store = await OpenAsync();
        use(store);
        await store.FlushAsync(CancellationToken.None);
        await CloseAsync(store);
    }

    protected async Task<IReadOnlyList<Entry>> ReloadAsync(params ItemKey[] keys)
    {
        var store = await OpenAsync();
        var entries = await store.LoadAsync(keys, CancellationToken.None);
        await CloseAsync(store);
        return entries;
    }

    private static IEnumerable<string> Text(IEnumerable<Entry> entries) => entries.Select(entry => Encoding.UTF8.GetString(entry.Body.Span));

    private static void Same(Entry actual, Entry expected)
    {
        actual.Key.ShouldBe(expected.Key);
        actual.Body.ToArray().ShouldBe(expected.Body.ToArray());
        actual.Envelope?.Prefix.ToArray().ShouldBe(expected.Envelope?.Prefix.ToArray());
        actual.Envelope?.Separator.ToArray().ShouldBe(expected.Envelope?.Separator.ToArray());
        actual.Envelope?.Suffix.ToArray().ShouldBe(expected.Envelope?.Suffix.ToArray());
        (actual.Envelope?.SentAt).ShouldBe(expected.Envelope?.SentAt);
        actual.Status.ShouldBe(expected.Status);
        actual.ContentType.ShouldBe(expected.ContentType);
        actual.ContentCoding.ShouldBe(expected.ContentCoding);
        actual.Headers.ShouldBe(expected.Headers);
        actual.AsOf.ShouldBe(expected.AsOf);
        (actual.AsOf?.Offset).ShouldBe(expected.AsOf?.Offset);
        actual.SentAt.ShouldBe(expected.SentAt);
        actual.FreshUntil.ShouldBe(expected.FreshUntil);
        actual.StaleUntil.ShouldBe(expected.StaleUntil);
        actual.Version.ShouldBe(expected.Version);
        actual.IsNegative.ShouldBe(expected.IsNegative);
    }
}
