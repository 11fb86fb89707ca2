using Spectre.Console;

namespace Headgate.Cli.Output;

/// <summary>A bar while something long is computed, on a terminal alone.</summary>
internal static class SimulationProgress
{
    /// <summary>Runs the work; it tells its share done, 0 to 1.</summary>
    public static T Show<T>(TextWriter output, bool quiet, string what, Func<Action<double>, T> work)
    {
        var console = Tables.On(output);
        if (quiet || !console.Profile.Out.IsTerminal)
        {
            return work(_ => { });
        }

        return console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(what, maxValue: 1);
            return work(done => task.Value = done);
        });
    }
}
