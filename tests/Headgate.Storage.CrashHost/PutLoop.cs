using Headgate.Caching;
using Headgate.Storage.Sqlite;

namespace Headgate.Storage.CrashHost;

/// <summary>Puts ever newer versions of a few entries, small and large, and tells after each flush which version is durable (<c>f version</c>).</summary>
internal static class PutLoop
{
    public static async Task<int> RunAsync(string directory)
    {
        await using var store = SqliteEntryStore.Open(directory, TimeProvider.System);
        for (var version = store.VersionMax + 1; ; version++)
        {
            foreach (var (id, length) in ((string, int)[])[("small", 200), ("large", 300_000)])
            {
                store.Put(Make(id, length, version));
            }

            await store.FlushAsync(CancellationToken.None);
            Console.Out.WriteLine($"f {version}");
            Console.Out.Flush();
        }
    }

    /// <summary>The body says of every byte which version it belongs to.</summary>
    private static Entry Make(string id, int length, long version)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)(version % 251));
        return new Entry
        {
            Key = new ItemKey("kite.quote", default, id),
            Body = body,
            Status = 200,
            ContentType = null,
            SentAt = new EngineTime(DateTime.UtcNow.Ticks),
            FreshUntil = EngineTime.Never,
            StaleUntil = EngineTime.Never,
            Version = version,
        };
    }
}
