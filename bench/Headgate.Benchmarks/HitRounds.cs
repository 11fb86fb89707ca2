namespace Headgate.Benchmarks;

/// <summary>The hit benchmarks beside each other.</summary>
internal static class HitRounds
{
    public static async Task<int> RunAsync()
    {
        var hits = new HitBenchmarks();
        await hits.Fill();
        return Rounds.Run(
            ("MemoryCache: look-up and expiry", 10_000, hits.MemoryCacheHit),
            ("EntryCache: look-up, clock, freshness", 10_000, hits.LookUpAndFreshness),
            ("the clock alone", 10_000, () => hits.Clock().Ticks > 0),
            ("Engine.TryFetch, one item", 10_000, hits.TryFetchOne),
            ("Engine.TryFetch, one item, explained", 10_000, hits.TryFetchOneExplained),
            ("Engine.TryFetch, 200 merged items", 100, () => hits.TryFetchTwoHundredMerged() == 200));
    }
}
