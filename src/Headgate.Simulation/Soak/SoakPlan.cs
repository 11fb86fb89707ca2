using Headgate.Upstreams.Limits;

namespace Headgate.Simulation;

/// <summary>Which property a run looks for.</summary>
public enum SoakFocus
{
    /// <summary>Everything: all endpoints, all faults, all invariants.</summary>
    All,

    /// <summary>Budgets: hard pressure on limits under latencies of 0 to 5 s, crashes and clock steps; many schedules per second.</summary>
    Budgets,
}

/// <summary>What a seed decides about its world before anything runs. Small on purpose: many small worlds find more than a few large ones.</summary>
public sealed record SoakPlan
{
    /// <summary>Holds everything a world ever fetches.</summary>
    public const long AmpleMemory = 1 << 20;

    public required int Seed { get; init; }

    public required SoakFocus Focus { get; init; }

    /// <summary>How the upstream counts; the gate keeps the hold rule whatever it is.</summary>
    public required LimiterKind Counting { get; init; }

    /// <summary>Permits of the quote limit per <see cref="Window"/>.</summary>
    public required int Permits { get; init; }

    public required TimeSpan Window { get; init; }

    /// <summary>Permits of the daily budget of the quote class, or 0 for none.</summary>
    public required int Daily { get; init; }

    /// <summary>Time-out of one call.</summary>
    public required TimeSpan CallTimeout { get; init; }

    /// <summary>Each way through the network takes up to this.</summary>
    public required TimeSpan LatencyMax { get; init; }

    /// <summary>Chance of any fault per call, in percent.</summary>
    public required int FaultPercent { get; init; }

    /// <summary>Items of a quote call at most.</summary>
    public required int BatchMax { get; init; }

    /// <summary>Instruments that exist.</summary>
    public required int Items { get; init; }

    /// <summary>Quotes tell their own time and the definition says where.</summary>
    public required bool HasAsOf { get; init; }

    /// <summary>Demands in the faulty phase.</summary>
    public required int Demands { get; init; }

    /// <summary>Length of the faulty phase.</summary>
    public required TimeSpan Length { get; init; }

    public required int Crashes { get; init; }

    public required int ClockSteps { get; init; }

    /// <summary>Periods in which the ledger cannot be written.</summary>
    public required int FullDisks { get; init; }

    /// <summary>The upstream's clock, relative to true time.</summary>
    public required TimeSpan Skew { get; init; }

    /// <summary>Run what is ready in a drawn order instead of first come, first served.</summary>
    public required bool Shuffled { get; init; }

    /// <summary>A commit of the ledger takes up to this.</summary>
    public required TimeSpan CommitMax { get; init; }

    /// <summary>Memory for entries; a little in some worlds, so that entries are pushed out and recalled.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Revalidate window of the batched endpoints, or zero.</summary>
    public required TimeSpan Revalidate { get; init; }

    /// <summary>Share of the daily budget kept for urgent demands, in percent.</summary>
    public required int ReservePercent { get; init; }

    /// <summary>When the market closes, or null for one that never does. Only in worlds whose wall clock is right.</summary>
    public required TimeSpan? ClosesAfter { get; init; }

    /// <summary>Watches of the gate's own.</summary>
    public required int Watches { get; init; }

    /// <summary>Their interval.</summary>
    public required TimeSpan WatchEvery { get; init; }

    /// <summary>The gate watches with a credential that no client has, so that its calls can be told from theirs; else with a client's.</summary>
    public required bool WatchesAlone { get; init; }

    /// <summary>Draws a seed's world.</summary>
    public static SoakPlan Of(int seed, SoakFocus focus)
    {
        var random = new Random(seed);
        var budgets = focus == SoakFocus.Budgets;
        var length = TimeSpan.FromSeconds(20 + random.Next(70));
        var plan = new SoakPlan
        {
            Seed = seed,
            Focus = focus,
            Counting = (LimiterKind)random.Next(3),
            Permits = 1 + random.Next(3),
            Window = Pick(random, 0.25, 1, 1, 3, 10),
            Daily = random.Next(3) == 0 ? 10 + random.Next(60) : 0,
            CallTimeout = Pick(random, 1, 2, 5, 5, 8),
            LatencyMax = budgets ? Pick(random, 0.0001, 0.05, 1, 5, 5) : Pick(random, 0.0001, 0.05, 0.05, 0.5, 2, 5),
            FaultPercent = Choose(random, 0, 5, 20, 60),
            BatchMax = 2 + random.Next(6),
            Items = 3 + random.Next(8),
            HasAsOf = random.Next(2) == 0,
            Demands = budgets ? 20 + random.Next(30) : 30 + random.Next(50),
            Length = length,
            Crashes = random.Next(2) == 0 ? 1 + random.Next(3) : 0,
            ClockSteps = random.Next(2) == 0 ? 1 + random.Next(3) : 0,
            FullDisks = random.Next(4) == 0 ? 1 : 0,
            Skew = TimeSpan.FromMilliseconds(random.Next(-4000, 4001)),
            Shuffled = random.Next(2) == 0,
            CommitMax = Pick(random, 0, 0.02, 0.02, 0.5),
            MemoryBytes = random.Next(4) == 0 ? 1500 : AmpleMemory,
            Revalidate = random.Next(3) == 0 ? TimeSpan.FromSeconds(3) : TimeSpan.Zero,
            ReservePercent = random.Next(2) == 0 ? 30 : 0,
            ClosesAfter = random.Next(3) == 0 ? length / 3 : null,
            Watches = budgets ? random.Next(4) == 0 ? 1 : 0 : random.Next(4),
            WatchEvery = TimeSpan.FromSeconds(1 + random.Next(6)),
            WatchesAlone = random.Next(2) == 0,
        };
        return plan.ClockSteps == 0 ? plan : plan with { ClosesAfter = null };
    }

    private static TimeSpan Pick(Random random, params double[] seconds) => TimeSpan.FromTicks((long)(seconds[random.Next(seconds.Length)] * TimeSpan.TicksPerSecond));

    private static int Choose(Random random, params int[] values) => values[random.Next(values.Length)];
}
