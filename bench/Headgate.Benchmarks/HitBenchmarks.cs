using BenchmarkDotNet.Attributes;
using Headgate.Caching;
using Headgate.Catalogue;
using Microsoft.Extensions.Caching.Memory;

namespace Headgate.Benchmarks;

/// <summary>
/// A hit in process on one thread: 10,000 keys asked as often as Zipf has it, the time to live checked each time. The look-up alone stands beside
/// MemoryCache; the engine's door does what a cache does not (mode, entitlement, statistics, explanation).
/// </summary>
[MemoryDiagnoser, MinColumn, MedianColumn]
public class HitBenchmarks
{
    private const int Keys = 10_000;
    private const int AsksMask = (1 << 16) - 1;

    private readonly int[] _asks = Zipf();
    private BenchWorld _world = null!;
    private Demand[] _ones = null!;
    private Demand[] _explained = null!;
    private Demand _many = null!;
    private MemoryCache _memory = null!;
    private string[] _names = null!;
    private EntryCache _cache = null!;
    private ItemKey[] _keys = null!;
    private FreshnessModel _freshness = null!;
    private EngineClock _clock = null!;
    private int _next;

    [GlobalSetup]
    public async Task Fill()
    {
        _world = new BenchWorld();
        _clock = _world.Engine.Clock;
        _ones = new Demand[Keys];
        _explained = new Demand[Keys];
        _names = new string[Keys];
        _keys = new ItemKey[Keys];
        _memory = new MemoryCache(new MemoryCacheOptions());
        _cache = new EntryCache(long.MaxValue, 1);
        for (var i = 0; i < Keys; i++)
        {
            _ones[i] = _world.Demand($"/one/{i}", requestId: 0);
            _explained[i] = _world.Demand($"/one/{i}", requestId: i + 1);
            await _world.Engine.FetchAsync(_ones[i], CancellationToken.None);
            _names[i] = _ones[i].Plan.Items[0].Key.Id;
            _memory.Set(_names[i], new byte[500], TimeSpan.FromHours(1));
            _keys[i] = _ones[i].Plan.Items[0].Key;
            _cache.Put(_world.Engine.Entries.Find(_keys[i])!);
        }

        _freshness = _ones[0].Plan.Endpoint.Freshness;
        _many = _world.Demand(BenchWorld.Quotes(0, 200));
        await _world.Engine.FetchAsync(_many, CancellationToken.None);
    }

    /// <summary>The peer: look-up and expiry.</summary>
    [Benchmark(Baseline = true)]
    public bool MemoryCacheHit() => _memory.TryGetValue(_names[Next()], out _);

    /// <summary>The same of ours: key hashed, looked up, clock read, freshness judged.</summary>
    [Benchmark]
    public bool LookUpAndFreshness()
    {
        var entry = _cache.Find(_keys[Next()])!;
        return FreshnessJudge.Judge(entry, default, _freshness, _clock.Now, default) == Verdict.Fresh;
    }

    /// <summary>The clock alone, which every check of a time to live reads.</summary>
    [Benchmark]
    public EngineTime Clock() => _clock.Now;

    /// <summary>The engine's door, statistics included, for a request that will not be explained.</summary>
    [Benchmark]
    public bool TryFetchOne() => _world.Engine.TryFetch(_ones[Next()], out _);

    /// <summary>The same with its explanation kept.</summary>
    [Benchmark]
    public bool TryFetchOneExplained() => _world.Engine.TryFetch(_explained[Next()], out _);

    [Benchmark]
    public int TryFetchTwoHundredMerged()
    {
        _world.Engine.TryFetch(_many, out var result);
        var count = result.Count;
        result.Return();
        return count;
    }

    private int Next() => _asks[_next++ & AsksMask];

    /// <summary>Ranks drawn with weight 1/rank, the same in every run.</summary>
    private static int[] Zipf()
    {
        var sums = new double[Keys];
        var sum = 0.0;
        for (var i = 0; i < Keys; i++)
        {
            sums[i] = sum += 1.0 / (i + 1);
        }

        var random = new Random(1);
        var asks = new int[AsksMask + 1];
        for (var i = 0; i < asks.Length; i++)
        {
            var found = Array.BinarySearch(sums, random.NextDouble() * sum);
            asks[i] = Math.Min(Keys - 1, found < 0 ? ~found : found);
        }

        return asks;
    }
}
