namespace Headgate.Simulation;

/// <summary>Runs many seeds and says what failed.</summary>
public static class SoakRunner
{
    /// <summary>Runs seeds <paramref name="from"/> to <paramref name="from"/> + <paramref name="count"/> - 1.</summary>
    /// <param name="from">First seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="focus">What they look for.</param>
    /// <param name="progress">Gets failures as they are found, and a last line <c>N seeds, M failures</c>.</param>
    /// <param name="cancellation">Stops after the present seed.</param>
    /// <returns>0 when all held, else 1.</returns>
    public static int Run(int from, int count, SoakFocus focus, TextWriter progress, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var failures = 0;
        var done = 0;
        for (var seed = from; seed < from + count && !cancellation.IsCancellationRequested; seed++, done++)
        {
            var result = SoakRun.Run(seed, focus);
            if (!result.IsGood)
            {
                failures++;
                progress.WriteLine($"seed {seed} failed: {result.Violations[0]}");
                progress.WriteLine($"  replay: headgate simulate soak --from {seed} --seeds 1 --focus {focus.ToString().ToLowerInvariant()} --trace");
            }
        }

        progress.WriteLine($"{done} seeds, {failures} failures");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Runs one seed and writes everything that happened in it, its plan, and its violations.</summary>
    /// <returns>0 when all held, else 1.</returns>
    public static int Trace(int seed, SoakFocus focus, TextWriter output)
    {
        var result = SoakRun.Run(seed, focus, keepsLines: true);
        foreach (var line in result.Lines)
        {
            output.WriteLine(line);
        }

        output.WriteLine(SoakPlan.Of(seed, focus));
        foreach (var violation in result.Violations)
        {
            output.WriteLine($"violated: {violation}");
        }

        output.WriteLine($"seed {seed}: hash {result.Hash:x16}, {result.Events} events, {result.Calls} calls, {(result.IsGood ? "0 failures" : "1 failure")}");
        return result.IsGood ? 0 : 1;
    }
}
