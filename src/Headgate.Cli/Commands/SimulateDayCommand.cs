using System.CommandLine;
using Headgate.Catalogue;
using Headgate.Cli.Output;
using Headgate.Cli.Simulations;
using Headgate.Markets;
using Headgate.Simulation;
using Headgate.Upstreams.Scenarios;

namespace Headgate.Cli.Commands;

/// <summary>Replays a day of a fleet without a gate and with one.</summary>
internal static class SimulateDayCommand
{
    public static Command Build()
    {
        var scenario = new Option<string>("--scenario")
        {
            HelpName = "NAME|FILE",
            Description = $"A fleet that decides by what it reads ({string.Join(", ", FleetScenarios.Names)}), a built-in scenario of asks ({string.Join(", ", BuiltInScenarios.Names)}) or a scenario file.",
            Required = true,
        };
        var seed = new Option<int>("--seed") { HelpName = "N", Description = "What all chance follows from; the same seed replays exactly. Default: 1.", DefaultValueFactory = _ => 1 };
        var record = new Option<string?>("--record") { HelpName = "FILE", Description = "Write what was asked to a demand file, for headgate plan." };
        var tape = new Option<string[]>("--tape")
        {
            HelpName = "FILE|DIR",
            Description = "For a fleet: recorded one-minute bars, each day of which is lived; a file of day bars (date,open,high,low,close) among them is the volatility "
                + "index's past. What they lack is made up from the seed, and said. Default: a made-up day.",
            AllowMultipleArgumentsPerToken = true,
        };
        var page = new Option<string?>("--report") { HelpName = "FILE.html", Description = "For a fleet: write a page with charts, which needs nothing else." };
        var catalogue = CatalogueOption.Create();
        var json = CommonOptions.Json();
        return new GateCommand(
            "day",
            "Replay a scenario three times in virtual time: ideal (an unlimited upstream asked at every ask), direct (the clients' own calls against the real "
                + "limits) and gate; and compare with the fewest calls that could have served it. For a fleet its decisions are compared one by one as well. Exit code 1 "
                + "when the gate broke a limit, or a decision is missing or extra.",
            "headgate simulate day --scenario kite --report day.html",
            "headgate simulate day --scenario kite --tape nse_minute_2016-08-16.csv.gz india_vix_daily.csv.gz",
            "headgate simulate day --scenario kite-polling",
            "headgate simulate day --scenario fleet.yaml --seed 7 --json",
            "headgate simulate day --scenario kite-polling --record demand.jsonl")
            .With(scenario, seed, tape, page, record, catalogue, json)
            .Computes(parsed =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var asJson = parsed.GetValue(json);
                if (FleetScenarios.Find(parsed.GetValue(scenario)!) is { } fleet)
                {
                    return FleetDays.Run(
                        parsed.GetValue(scenario)!, fleet, parsed.GetValue(tape) ?? [], parsed.GetValue(seed), CatalogueOption.Paths(parsed.GetValue(catalogue)), parsed.GetValue(page), asJson, output);
                }

                using var recording = DemandFile.Create(parsed.GetValue(record));
                var options = new DayOptions { Seed = parsed.GetValue(seed), Recorder = recording is null ? null : recording.Write };
                var report = Run(parsed.GetValue(scenario)!, options, CatalogueOption.Paths(parsed.GetValue(catalogue)), output, asJson);
                if (asJson)
                {
                    output.WriteLine(Plain.Json(DayOutput.ToJson(report)));
                }
                else
                {
                    DayOutput.Print(report, output);
                }

                return report.Gate.Violations == 0 ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    private static DayReport Run(string scenario, DayOptions options, IReadOnlyList<string> catalogue, TextWriter output, bool quiet)
    {
        try
        {
            var model = new CatalogueSource(catalogue).Load();
            var found = BuiltInScenarios.Find(scenario) ?? FromFile(scenario, model);
            return SimulationProgress.Show(output, quiet, found.Name, progress =>
                DayRun.Run(found, model, TimeProvider.System, options with { Progress = progress }));
        }
        catch (CatalogueException problem)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }

    private static IScenario FromFile(string path, CatalogueModel catalogue)
    {
        try
        {
            return ScenarioFile.Load(Path.GetFileName(path), File.ReadAllText(path), catalogue, new MarketSessions(MarketCalendars.Shipped));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"--scenario {path} is no built-in scenario ({string.Join(", ", FleetScenarios.Names.Concat(BuiltInScenarios.Names))}) and cannot be read: {problem.Message}", ExitCode.Usage, problem);
        }
    }
}
