using BenchmarkDotNet.Attributes;

namespace Headgate.Benchmarks;

/// <summary>A hit in process: one item, and a merged answer of 200.</summary>
[MemoryDiagnoser]
public class HitBenchmarks
{
    private const int Keys = 10_000;
    private BenchWorld _world = null!;
    private Demand[] _ones = null!;
    private Demand _many = null!;
    private int _next;

    [GlobalSetup]
    public async Task Fill()
    {
        _world = new BenchWorld();
        _ones = new Demand[Keys];
        for (var i = 0; i < Keys; i++)
        {
            _ones[i] = _world.Demand($"/one/{i}");
            await _world.Engine.FetchAsync(_ones[i], CancellationToken.None);
        }

        _many = _world.Demand(BenchWorld.Quotes(0, 200));
        await _world.Engine.FetchAsync(_many, CancellationToken.None);
    }

    [Benchmark(Baseline = true)]
    public bool One()
    {
        _next = _next == Keys - 1 ? 0 : _next + 1;
        return _world.Engine.TryFetch(_ones[_next], out _);
    }

    [Benchmark]
    public int TwoHundredMerged()
    {
        _world.Engine.TryFetch(_many, out var result);
        var count = result.Count;
        result.Return();
        return count;
    }
}
