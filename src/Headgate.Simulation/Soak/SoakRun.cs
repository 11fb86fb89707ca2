namespace Headgate.Simulation;

/// <summary>Runs one seed.</summary>
public static class SoakRun
{
    /// <summary>Runs a seed's world to its end or its first violation. Deterministic: the same arguments give the same hash.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="focus">What it looks for.</param>
    /// <param name="sabotage">What is broken on purpose.</param>
    /// <param name="keepsLines">Keep a readable log.</param>
    public static SoakResult Run(int seed, SoakFocus focus = SoakFocus.All, Sabotage sabotage = Sabotage.None, bool keepsLines = false) =>
        new SoakWorld(SoakPlan.Of(seed, focus), sabotage, keepsLines).Run();
}
