using Headgate.Storage.Sqlite;

namespace Headgate.Storage.Tests.Entries;

public sealed class EntryCrashTests
{
    [Fact]
    public async Task After_kill_9_entries_are_whole_and_no_older_than_the_last_flush()
    {
        var random = new Random(20261120);
        using var directory = new TempDirectory();
        for (var round = 0; round < CrashHost.Rounds; round++)
        {
            using var host = new CrashHost("put", directory.Path);
            var flushed = long.Parse(host.KillAfter(random.Next(1, 60))[^1].AsSpan(2));

            await using var store = SqliteEntryStore.Open(directory.Path, TimeProvider.System);
            var entries = await store.LoadAsync([new ItemKey("kite.quote", default, "small"), new ItemKey("kite.quote", default, "large")], CancellationToken.None);

            entries.Count.ShouldBe(2, $"round {round}");
            foreach (var entry in entries)
            {
                entry.Version.ShouldBeGreaterThanOrEqualTo(flushed);
                entry.Body.Length.ShouldBe(entry.Key.Id == "large" ? 300_000 : 200);
                entry.Body.Span.IndexOfAnyExcept((byte)(entry.Version % 251)).ShouldBe(-1, "bytes of another version");
            }

            Directory.GetFiles(directory.Of(SqliteEntryStore.BodiesName), "*", SearchOption.AllDirectories).Length.ShouldBe(1, "orphans are swept at start");
        }
    }
}
