using System.CommandLine;
using System.Text.Json;
using Headgate.Simulation;

namespace Headgate.Cli.Commands;

/// <summary>Random days of faults against the invariants.</summary>
internal static class SimulateSoakCommand
{
    public static GateCommand Build()
    {
        var json = CommonOptions.Json();
        var seeds = new Option<int>("--seeds") { HelpName = "N", Description = "How many random days, 1 or more. Default: 100.", DefaultValueFactory = _ => 100 };
        seeds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
            {
                result.AddError($"--seeds {count} is too small; at least 1");
            }
        });
        var from = new Option<int>("--from") { HelpName = "SEED", Description = "First seed; the others follow. Default: 1.", DefaultValueFactory = _ => 1 };
        var focus = new Option<SoakFocus>("--focus") { HelpName = "all|budgets", Description = "What the days look for. Default: all." };
        var trace = new Option<bool>("--trace") { Description = "Print the events of each seed; for one that failed." };
        return new GateCommand(
            "soak",
            "Check every invariant over random days full of faults: latency, errors, hangs, crashes, torn writes, clock steps. Exit code 1 when one is broken; "
                + "a seed that fails once fails always.",
            "headgate simulate soak",
            "headgate simulate soak --seeds 10000",
            "headgate simulate soak --from 4711 --seeds 1 --trace")
            .With(seeds, from, focus, trace, json)
            .Does((parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var first = parsed.GetValue(from);
                var count = parsed.GetValue(seeds);
                return Task.FromResult(parsed.GetValue(trace) || parsed.GetValue(json)
                    ? Each(first, count, parsed.GetValue(focus), parsed.GetValue(json), output, cancellation)
                    : SoakRunner.Run(first, count, parsed.GetValue(focus), output, cancellation));
            });
    }

    private static int Each(int from, int count, SoakFocus focus, bool json, TextWriter output, CancellationToken cancellation)
    {
        var good = true;
        for (var seed = from; seed < from + count && !cancellation.IsCancellationRequested; seed++)
        {
            var result = SoakRun.Run(seed, focus, keepsLines: !json);
            good &= result.IsGood;
            if (json)
            {
                output.WriteLine(JsonSerializer.Serialize(new { seed, good = result.IsGood, violations = result.Violations, calls = result.Calls, crashes = result.Crashes, hash = $"{result.Hash:x16}" }));
                continue;
            }

            foreach (var line in result.Lines.Concat(result.Violations.Select(violation => $"BROKEN {violation}")))
            {
                output.WriteLine(line);
            }
        }

        return good ? ExitCode.Ok : ExitCode.Failure;
    }
}
