using System.CommandLine;
using Headgate.Catalogue;
using Headgate.Cli.Output;
using Headgate.Cli.Simulations;
using Headgate.Recording;
using Headgate.Simulation;

namespace Headgate.Cli.Commands;

/// <summary>What recorded demand would cost under other limits, freshness, batch sizes or prices.</summary>
internal static class PlanCommand
{
    public static Command Build()
    {
        var demand = new Option<string>("--demand") { HelpName = "FILE", Description = "Recorded demand: a JSON object a line (docs/simulation-days.md).", Required = true };
        var limits = new Option<string[]>("--limits")
        {
            HelpName = "FILE",
            Description = "Definitions laid over the present ones: another tier, ttl, batch size, window or price (may be given several times; each is a column).",
        };
        var recommend = new Option<string?>("--recommend")
        {
            HelpName = "AGE",
            Description = "Name the ttl with the fewest calls whose answers are never older than this, as 30s; for demands that state no freshness of their own.",
        };
        recommend.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!Durations.TryParse(result.Tokens[0].Value, out var age) || age <= TimeSpan.Zero))
            {
                result.AddError($"--recommend {result.Tokens[0].Value} is no age; expected for example 30s");
            }
        });
        var catalogue = CatalogueOption.Create();
        var json = CommonOptions.Json();
        return new GateCommand(
            "plan",
            "Replay recorded demand in virtual time against the present definitions and others: calls, refusals, staleness and money side by side.",
            "headgate plan --demand demand.jsonl --limits cheaper-tier.yaml",
            "headgate plan --demand demand.jsonl --recommend 30s --json")
            .With(demand, limits, recommend, catalogue, json)
            .Computes(parsed =>
            {
                var own = CatalogueOption.Paths(parsed.GetValue(catalogue));
                var age = Durations.TryParse(parsed.GetValue(recommend) ?? "", out var bound) ? bound : (TimeSpan?)null;
                var plan = Make(parsed.GetValue(demand)!, own, parsed.GetValue(limits) ?? [], age);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    output.WriteLine(Plain.Json(PlanOutput.ToJson(plan)));
                }
                else
                {
                    PlanOutput.Print(plan, output);
                }

                return ExitCode.Ok;
            });
    }

    private static PlanResult Make(string demand, IReadOnlyList<string> own, string[] limits, TimeSpan? age)
    {
        try
        {
            var records = DemandFile.Read(demand);
            var present = new CatalogueSource(own).Load();
            List<PlanReport> reports = [PlanRun.Run("present", records, present)];
            foreach (var file in limits)
            {
                reports.Add(PlanRun.Run(Path.GetFileNameWithoutExtension(file), records, new CatalogueSource([.. own, file]).Load()));
            }

            return new PlanResult(reports, age is { } bound ? Recommended(records, present, bound) : null);
        }
        catch (CatalogueException problem)
        {
            throw new CommandFailure(problem.Message, ExitCode.Usage, problem);
        }
    }

    private static PlanRecommendation Recommended(IReadOnlyList<DemandRecord> records, CatalogueModel catalogue, TimeSpan bound)
    {
        var (ttl, report) = PlanRun.Recommend(records, catalogue, bound);
        return new PlanRecommendation((decimal)ttl.TotalSeconds, report);
    }
}
