using Headgate.Catalogue;
using Headgate.Cli.Output;
using Headgate.Simulation;

namespace Headgate.Cli.Simulations;

/// <summary>Lives a fleet's days one after another on the same stores, and writes what they came to.</summary>
internal static class FleetDays
{
    /// <param name="name">The scenario's name.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="tapes">Recorded bars; empty for a made-up day.</param>
    /// <param name="seed">What is made up follows from it.</param>
    /// <param name="catalogue">The user's own definitions.</param>
    /// <param name="html">Where to write the page with charts, or null.</param>
    /// <param name="asJson">Writes JSON instead of tables.</param>
    /// <param name="output">Where to.</param>
    /// <returns>0 when no limit was broken and no decision was missing or extra.</returns>
    /// <exception cref="CommandFailure">A tape or a definition cannot be read, or the page cannot be written.</exception>
    public static int Run(string name, FleetScenario scenario, IReadOnlyList<string> tapes, int seed, IReadOnlyList<string> catalogue, string? html, bool asJson, TextWriter output)
    {
        var reports = Live(name, scenario, tapes, seed, catalogue, output, asJson);
        if (html is not null)
        {
            Write(html, FleetDayHtml.Page(reports, scenario.Claim));
        }

        if (asJson)
        {
            output.WriteLine(Plain.Json(FleetDayOutput.ToJson(reports)));
        }
        else
        {
            FleetDayOutput.Print(reports, scenario.Claim, output);
            output.WriteLine(html is null ? "a page with charts: --report day.html" : $"page with charts: {html}");
        }

        return reports.All(report => report.Gate.Violations == 0 && report.Alerts.Missing == 0 && report.Alerts.Extra == 0) ? ExitCode.Ok : ExitCode.Failure;
    }

    private static IReadOnlyList<FleetDayReport> Live(string name, FleetScenario scenario, IReadOnlyList<string> tapes, int seed, IReadOnlyList<string> catalogue, TextWriter output, bool quiet)
    {
        try
        {
            var model = new CatalogueSource(catalogue, profiles: scenario.Profiles).Load();
            var days = scenario.Days(tapes);
            var stores = new FleetStores();
            return SimulationProgress.Show(output, quiet, name, progress => (IReadOnlyList<FleetDayReport>)
            [
                .. days.Select((day, i) => FleetDayRun.Run(
                    day, TimeProvider.System, new FleetDayOptions(model) { Seed = seed, Kills = scenario.Kills, Progress = done => progress((i + done) / days.Count) }, stores)),
            ]);
        }
        catch (Exception problem) when (problem is CatalogueException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }

    private static void Write(string path, string page)
    {
        try
        {
            File.WriteAllText(path, page);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"--report {path} cannot be written: {problem.Message}", ExitCode.Usage, problem);
        }
    }
}
