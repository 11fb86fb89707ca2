using System.Text;
using Headgate.Caching;

namespace Headgate.Conformance;

/// <summary>What every entry store's listings and resets hold, stores in virtual time included.</summary>
public abstract class EntryListingConformance
{
    // Recent, since stores bound entries by age.
    private static readonly EngineTime Now = new(DateTime.UtcNow.Ticks);

    /// <summary>Runs a test in the store's world.</summary>
    protected abstract Task RunAsync(Func<Task> test);

    /// <summary>Opens this test's storage (empty the first time), uses it, flushes it and closes it.</summary>
    protected abstract Task WithAsync(Func<IEntryStore, Task> use);

    [Fact]
    public Task A_listing_tells_every_field_but_the_bytes() => RunAsync(async () =>
    {
        var entry = new EntryDraft { Key = new ItemKey("kite.quote", new IdentityHash(7, ulong.MaxValue), "NSE:M&M \u20b9"), Body = new byte[300_000], Version = 3, SentAt = Now, ContentCoding = "br" }.ToEntry();
        await PutAsync(entry);

        (await ListAsync(new EntryFilter())).ShouldBe([EntryInfo.Of(entry)]);
    });

    [Fact]
    public Task Each_part_of_a_filter_narrows_the_listing() => RunAsync(async () =>
    {
        await PutAsync(
            Make("kite.quote", "NSE:INFY", 1), Make("kite.quote", "NSE:TCS", 2), Make("kite.historical", "/256265/day", 3), Make("kitelike.quote", "NSE:INFY", 4));

        (await Names(new EntryFilter())).ShouldBe(["kitelike.quote NSE:INFY", "kite.historical /256265/day", "kite.quote NSE:TCS", "kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { Scope = "kite" })).ShouldBe(["kite.historical /256265/day", "kite.quote NSE:TCS", "kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { Scope = "kite.quote" })).ShouldBe(["kite.quote NSE:TCS", "kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { Scope = "kite.quo" })).ShouldBeEmpty();
        (await Names(new EntryFilter { Item = "NSE:INFY" })).ShouldBe(["kitelike.quote NSE:INFY", "kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { Item = "NSE" })).ShouldBeEmpty();
        (await Names(new EntryFilter { ItemContains = "6265" })).ShouldBe(["kite.historical /256265/day"]);
        (await Names(new EntryFilter { SentBefore = Now + TimeSpan.FromSeconds(2) })).ShouldBe(["kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { UselessAt = Now + TimeSpan.FromSeconds(601) })).ShouldBeEmpty();
        (await Names(new EntryFilter { UselessAt = Now + TimeSpan.FromSeconds(603) })).ShouldBe(["kite.quote NSE:TCS", "kite.quote NSE:INFY"]);
        (await Names(new EntryFilter { Max = 1 })).ShouldBe(["kitelike.quote NSE:INFY"]);
    });

    [Fact]
    public Task A_removed_entry_is_listed_no_more() => RunAsync(async () =>
    {
        await PutAsync(Make("kite.quote", "A", 1), Make("kite.quote", "B", 2));
        await WithAsync(store =>
        {
            store.Remove(new ItemKey("kite.quote", default, "A"));
            return Task.CompletedTask;
        });

        (await Names(new EntryFilter())).ShouldBe(["kite.quote B"]);
    });

    [Fact]
    public Task A_reset_ends_everything_of_its_provider_and_nothing_else() => RunAsync(async () =>
    {
        await PutAsync(Make("kite.quote", "A", 1), Make("kite.ltp", "A", 2), Make("kitelike.quote", "A", 3));
        await WithAsync(store =>
        {
            store.PutEntitlement(new Entitlement("kite", "quote", new IdentityHash(1, 1), Now + TimeSpan.FromHours(1)));
            store.PutEntitlement(new Entitlement("kitelike", "quote", new IdentityHash(1, 1), Now + TimeSpan.FromHours(1)));
            return Task.CompletedTask;
        });

        await WithAsync(store =>
        {
            store.Reset(new EntryOrigin("kite", new IdentityHash(9, 8)));
            return Task.CompletedTask;
        });

        (await Names(new EntryFilter())).ShouldBe(["kitelike.quote A"]);
        await WithAsync(async store =>
        {
            (await store.LoadEntitlementsAsync(CancellationToken.None)).ShouldHaveSingleItem().Provider.ShouldBe("kitelike");
            (await store.LoadOriginsAsync(CancellationToken.None)).ShouldBe([new EntryOrigin("kite", new IdentityHash(9, 8))]);
            (await store.LoadRecentAsync(long.MaxValue, CancellationToken.None)).ShouldHaveSingleItem().Key.Endpoint.ShouldBe("kitelike.quote");
        });
    });

    [Fact]
    public Task What_is_put_before_a_reset_goes_and_what_is_put_after_it_stays() => RunAsync(async () =>
    {
        await PutAsync(Make("kite.quote", "stored", 9));
        await WithAsync(store =>
        {
            store.Put(Make("kite.quote", "before", 1));
            store.PutEntitlement(new Entitlement("kite", "quote", new IdentityHash(1, 1), Now + TimeSpan.FromHours(1)));
            store.Reset(new EntryOrigin("kite", new IdentityHash(1, 2)));
            store.Put(Make("kite.quote", "after", 2));
            store.PutEntitlement(new Entitlement("kite", "quote", new IdentityHash(2, 2), Now + TimeSpan.FromHours(1)));
            return Task.CompletedTask;
        });

        (await Names(new EntryFilter())).ShouldBe(["kite.quote after"]);
        await WithAsync(async store => (await store.LoadEntitlementsAsync(CancellationToken.None)).ShouldHaveSingleItem().Credential.ShouldBe(new IdentityHash(2, 2)));
    });

    protected static Entry Make(string endpoint, string item, long version) => new EntryDraft
    {
        Key = new ItemKey(endpoint, default, item),
        Body = Encoding.UTF8.GetBytes(item),
        Version = version,
        SentAt = Now + TimeSpan.FromSeconds(version),
    }.ToEntry();

    private Task PutAsync(params Entry[] entries) => WithAsync(store =>
    {
        foreach (var entry in entries)
        {
            store.Put(entry);
        }

        return Task.CompletedTask;
    });

    private async Task<IReadOnlyList<EntryInfo>> ListAsync(EntryFilter filter)
    {
        IReadOnlyList<EntryInfo> found = [];
        await WithAsync(async store => found = await store.ListAsync(filter, CancellationToken.None));
        return found;
    }

    private async Task<IEnumerable<string>> Names(EntryFilter filter) => (await ListAsync(filter)).Select(entry => entry.Key.ToString());
}
