using System.Diagnostics;
using System.Globalization;

namespace Headgate.Benchmarks;

/// <summary>
/// The hit benchmarks in interleaved rounds of short slices: on a machine that others use too, a slice that nobody interrupted tells the true cost,
/// and the peer meets the same weather.
/// </summary>
internal static class HitRounds
{
    private const int Rounds = 200;

    public static async Task<int> RunAsync()
    {
        var hits = new HitBenchmarks();
        await hits.Fill();
        (string Name, int Operations, Func<bool> Run)[] all =
        [
            ("MemoryCache: look-up and expiry", 10_000, hits.MemoryCacheHit),
            ("EntryCache: look-up, clock, freshness", 10_000, hits.LookUpAndFreshness),
            ("the clock alone", 10_000, () => hits.Clock().Ticks > 0),
            ("Engine.TryFetch, one item", 10_000, hits.TryFetchOne),
            ("Engine.TryFetch, one item, explained", 10_000, hits.TryFetchOneExplained),
            ("Engine.TryFetch, 200 merged items", 100, () => hits.TryFetchTwoHundredMerged() == 200),
        ];
        var slices = Array.ConvertAll(all, static _ => new List<double>());
        var bytes = new long[all.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < all.Length; i++)
            {
                // The others have emptied the processor's caches; a busy gate's are warm.
                Ask(all[i].Run, all[i].Operations, all[i].Name);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var watch = Stopwatch.GetTimestamp();
                Ask(all[i].Run, all[i].Operations, all[i].Name);
                slices[i].Add(Stopwatch.GetElapsedTime(watch).TotalNanoseconds / all[i].Operations);
                bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        for (var i = 0; i < all.Length; i++)
        {
            slices[i].Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[i].Name,-40} tenth {slices[i][Rounds / 10],8:0.0} ns, median {slices[i][Rounds / 2],8:0.0} ns, {bytes[i] / all[i].Operations} B"));
        }

        return 0;
    }

    private static void Ask(Func<bool> run, int times, string name)
    {
        for (var n = times; n > 0; n--)
        {
            if (!run())
            {
                throw new InvalidOperationException($"{name} was no hit.");
            }
        }
    }
}
