namespace Headgate.Simulation;

/// <summary>What invariants look at: the world outside the gate.</summary>
internal sealed class SoakScene
{
    public required SoakPlan Plan { get; init; }

    public required VirtualTime Time { get; init; }

    public required Oracle Oracle { get; init; }

    public required SoakTwin Twin { get; init; }

    public required LedgerDisk Ledger { get; init; }

    /// <summary>Violations found; the run stops at the first.</summary>
    public List<string> Violations { get; } = [];

    public void Fail(IInvariant invariant, string what)
    {
        if (Violations.Count < 20)
        {
            Violations.Add($"{invariant.Name}: {what} (at {TimeSpan.FromTicks(Time.Elapsed).TotalSeconds:0.0000000} s)");
        }
    }

    /// <summary>Seconds since the world began, for messages.</summary>
    public static string Seconds(long ticks) => $"{TimeSpan.FromTicks(ticks).TotalSeconds:0.000000} s";
}
