using BenchmarkDotNet.Attributes;

namespace Headgate.Benchmarks;

/// <summary>Engine overhead of a demand that makes a call: everything but the network and the store's durable write.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MissBenchmarks
{
    private readonly Freshness _always = new() { MaxAge = TimeSpan.Zero };
    private BenchWorld _world = null!;
    private Demand _demand = null!;

    [GlobalSetup]
    public void Open()
    {
        _world = new BenchWorld();
        _demand = _world.Demand("/one/1", _always);
    }

    [Benchmark]
    public async Task<FetchKind> OneCall() => (await _world.Engine.FetchAsync(_demand, CancellationToken.None)).Kind;
}
