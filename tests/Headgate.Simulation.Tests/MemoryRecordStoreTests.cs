using System.Text;
using Headgate.Conformance;

namespace Headgate.Simulation.Tests;

public sealed class MemoryRecordStoreConformanceTests : RecordStoreConformance
{
    private readonly RecordDisk _disk = new();

    protected override ValueTask<IRecordStore> OpenAsync() => new(new MemoryRecordStore(_disk));

    protected override ValueTask CloseAsync(IRecordStore store) => ValueTask.CompletedTask;
}

public sealed class MemoryRecordStoreTests
{
    [Fact]
    public async Task What_no_commit_has_written_is_lost_in_a_crash_and_the_next_process_finds_the_rest()
    {
        var time = new VirtualTime();
        var disk = new RecordDisk();
        var store = new MemoryRecordStore(disk, time) { CommitLatency = TimeSpan.FromMilliseconds(5) };
        time.Run(async () => await store.PutAsync([Record("1")], default));
        _ = store.PutAsync([Record("2")], default);
        _ = store.PutAsync([Record("3")], default);
        store.Pending.ShouldBe(2);
        store.Crash(durable: 1);

        var next = new MemoryRecordStore(disk);
        (await next.QueryAsync(new RecordQuery("alert"), default)).Select(static record => record.Id).ShouldBe(["1", "2"]);
        await Should.ThrowAsync<IOException>(async () => await store.PutAsync([Record("4")], default));
    }

    [Fact]
    public void A_write_completes_when_it_is_durable_and_not_before()
    {
        var time = new VirtualTime();
        var disk = new RecordDisk();
        var store = new MemoryRecordStore(disk, time) { CommitLatency = TimeSpan.FromMilliseconds(5) };
        time.Run(async () =>
        {
            var begun = time.Elapsed;
            var first = store.TryAddAsync(Record("1"), default);
            var second = store.TryAddAsync(Record("1"), default);
            disk.Count.ShouldBe(0);
            (await first).ShouldBeTrue();
            (await second).ShouldBeFalse();
            (time.Elapsed - begun).ShouldBe(TimeSpan.FromMilliseconds(5).Ticks);
        });
    }

    private static StoredRecord Record(string id) => new("alert", id, new DateTimeOffset(2026, 11, 20, 4, 0, 0, TimeSpan.Zero), Encoding.UTF8.GetBytes(id));
}
