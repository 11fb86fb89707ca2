namespace Headgate;

/// <summary>The engine's one source of chance, seeded from outside. Thread-safe.</summary>
internal sealed class Chance
{
    private readonly Lock _gate = new();
    private readonly Random _random;

    public Chance(Random random) => _random = random;

    /// <summary>Uniform in [0.5, 1): the jitter of every back-off.</summary>
    public double Jitter()
    {
        lock (_gate)
        {
            return 0.5 + (_random.NextDouble() / 2);
        }
    }

    public long Seed()
    {
        lock (_gate)
        {
            return _random.NextInt64();
        }
    }
}
