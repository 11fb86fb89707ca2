using Headgate.Caching;
using Shouldly;

namespace Headgate.Tests.Caching;

/// <summary>The memory cache against a plain dictionary, under eviction and under many readers.</summary>
public sealed class EntryCacheTests
{
    private static readonly int BytesOfOne = Make(0, 1).Size;

    [Fact]
    public void With_room_it_equals_a_dictionary_that_keeps_the_newest()
    {
        var random = new Random(20261120);
        var cache = new EntryCache(long.MaxValue, seed: 7);
        var model = new Dictionary<ItemKey, Entry>();
        for (var step = 0; step < 20_000; step++)
        {
            var entry = Make(random.Next(3_000), random.Next(1_000));
            switch (random.Next(4))
            {
                case 0:
                    cache.Remove(entry.Key);
                    model.Remove(entry.Key);
                    break;
                case 1:
                    cache.Find(entry.Key).ShouldBe(model.GetValueOrDefault(entry.Key));
                    break;
                default:
                    var isNewest = !model.TryGetValue(entry.Key, out var held) || entry.SentAt >= held.SentAt;
                    cache.Put(entry).ShouldBe(isNewest);
                    model[entry.Key] = isNewest ? entry : held!;
                    break;
            }
        }

        cache.Count.ShouldBe(model.Count);
        cache.Bytes.ShouldBe(model.Values.Sum(entry => (long)entry.Size));
        cache.Snapshot().ShouldBe(model.Values, ignoreOrder: true);
        foreach (var entry in model.Values)
        {
            cache.Find(entry.Key).ShouldBe(entry);
        }
    }

    /// <summary>Two servers of one upstream may stand apart: the later answer can be the older price.</summary>
    [Theory]
    [InlineData(1, 10, 2, 9, false)]
    [InlineData(2, 9, 1, 10, true)]
    [InlineData(1, 10, 2, 10, true)]
    [InlineData(2, 10, 1, 10, false)]
    [InlineData(1, null, 2, 9, true)]
    [InlineData(2, 10, 1, null, false)]
    public void Older_data_never_overwrites_newer_by_its_own_time_else_by_the_send(int heldSent, int? heldAsOf, int sent, int? asOf, bool isKept)
    {
        var cache = new EntryCache(long.MaxValue, seed: 7);
        cache.Put(Make(1, heldSent, heldAsOf)).ShouldBeTrue();
        cache.Put(Make(1, sent, asOf)).ShouldBe(isKept);
        cache.Find(Make(1, 0).Key)!.SentAt.ShouldBe(Make(1, isKept ? sent : heldSent).SentAt);
    }

    [Fact]
    public void It_never_holds_more_bytes_than_it_may_and_never_another_entry_than_was_put()
    {
        var random = new Random(3);
        var cache = new EntryCache(100L * BytesOfOne, seed: 7);
        for (var step = 0; step < 50_000; step++)
        {
            var entry = Make(random.Next(400), step);
            if (random.Next(8) == 0)
            {
                cache.Remove(entry.Key);
                cache.Find(entry.Key).ShouldBeNull();
            }
            else
            {
                cache.Put(entry).ShouldBeTrue();
            }

            cache.Bytes.ShouldBeInRange(0, 100L * BytesOfOne);
            if (cache.Find(Make(random.Next(400), 0).Key) is { } found)
            {
                found.Body.Length.ShouldBe(8);
            }
        }

        cache.Bytes.ShouldBe(cache.Snapshot().Sum(entry => (long)entry.Size));
        cache.Count.ShouldBe(cache.Snapshot().Count);
    }

    [Fact]
    public void One_scan_over_many_items_pushes_out_nothing_that_is_read_again_and_again()
    {
        var cache = new EntryCache(1_000L * BytesOfOne, seed: 7);
        for (var i = 0; i < 500; i++)
        {
            cache.Put(Make(i, 1));
            cache.Find(Make(i, 1).Key);
            cache.Find(Make(i, 1).Key);
        }

        for (var i = 10_000; i < 60_000; i++)
        {
            cache.Put(Make(i, 1));
        }

        Enumerable.Range(0, 500).Count(i => cache.Find(Make(i, 1).Key) is not null).ShouldBe(500);
    }

    [Fact]
    public void A_key_that_comes_back_soon_after_its_eviction_outlives_the_next_scan()
    {
        var cache = new EntryCache(100L * BytesOfOne, seed: 7);
        for (var i = 0; i < 150; i++)
        {
            cache.Put(Make(i, 1));
        }

        cache.Find(Make(0, 1).Key).ShouldBeNull();
        cache.Put(Make(0, 2));
        for (var i = 1_000; i < 1_200; i++)
        {
            cache.Put(Make(i, 1));
        }

        cache.Find(Make(0, 1).Key).ShouldNotBeNull();
    }

    [Fact]
    public void Removed_entries_leave_no_places_behind()
    {
        var cache = new EntryCache(long.MaxValue, seed: 7);
        var entries = Enumerable.Range(0, 1_000).Select(i => Make(i, 1)).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 300_000; i++)
        {
            cache.Put(entries[i % 1_000]);
            cache.Remove(entries[i % 1_000].Key);
        }

        // 300,000 places of 24 bytes would be 7 MB.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200_000);
        cache.Count.ShouldBe(0);
        cache.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task Readers_beside_a_busy_writer_never_miss_what_is_held_and_never_see_another_item()
    {
        // Eight entries stay in every cache; around them others come and go, and the table grows under the readers' feet.
        var stay = Enumerable.Range(0, 8).Select(i => Make(i, 1)).ToArray();
        var others = Enumerable.Range(100, 2_000).Select(i => Make(i, 1)).ToArray();
        var cache = Filled(seed: 0);
        var done = false;
        var wrong = 0;
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            for (var i = reader; !Volatile.Read(ref done); i++)
            {
                var key = stay[i % stay.Length].Key;
                if (Volatile.Read(ref cache).Find(key) is not { } found || found.Key != key)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToArray();
        for (var round = 0; round < 1_000; round++)
        {
            foreach (var other in others)
            {
                cache.Put(other);
            }

            foreach (var other in others)
            {
                cache.Remove(other.Key);
                cache.Put(others[^1]);
            }

            Volatile.Write(ref cache, Filled(round));
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
        wrong.ShouldBe(0);

        EntryCache Filled(long seed)
        {
            var filled = new EntryCache(long.MaxValue, seed);
            foreach (var entry in stay)
            {
                filled.Put(entry);
            }

            return filled;
        }
    }

    [Fact]
    public void Items_of_one_call_share_what_they_have_in_common()
    {
        var cache = new EntryCache(long.MaxValue, seed: 7);
        var (one, other, negative) = (Make(1, 1), Make(2, 1), Make(3, 1, isNegative: true));
        cache.Put(one);
        cache.Put(other);
        cache.Put(negative);

        other.Frame.ShouldBeSameAs(one.Frame);
        negative.Frame.ShouldNotBeSameAs(one.Frame);
        (other.Key.Id, other.IsNegative, negative.IsNegative).ShouldBe(("2", false, true));
    }

    [Fact]
    public void An_entry_keeps_no_larger_buffer_alive_than_its_body()
    {
        var buffer = new byte[64];
        var middle = new Entry
        {
            Key = new ItemKey("p.e", default, "x"), Body = buffer.AsMemory(8, 16), Status = 200, ContentType = null, SentAt = default, FreshUntil = default, StaleUntil = default, Version = 1,
        };

        middle.Body.Length.ShouldBe(16);
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(middle.Body, out var held).ShouldBeTrue();
        held.Array!.Length.ShouldBe(16);
    }

    private static Entry Make(int id, long sentAt, int? asOf = null, bool isNegative = false) => new()
    {
        Key = new ItemKey("kite.quote", default, id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Body = new byte[8],
        Status = 200,
        ContentType = "application/json",
        SentAt = new EngineTime(sentAt),
        AsOf = asOf is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null,
        FreshUntil = new EngineTime(sentAt + 1),
        StaleUntil = new EngineTime(sentAt + 2),
        Version = sentAt,
        IsNegative = isNegative,
    };
}
