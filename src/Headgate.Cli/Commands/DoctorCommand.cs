using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Health;
using Headgate.Cli.Output;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;

namespace Headgate.Cli.Commands;

/// <summary>Tells what is wrong with an installation, and what to do.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var catalogue = CatalogueOption.Create();
        var selfTest = new Option<bool>("--self-test")
        {
            Description = "Also run a whole gate against an emulated upstream in a temporary directory, and compare what it says with what the upstream counted.",
        };
        return new GateCommand(
            "doctor",
            "Examine data directory, stores, catalogue, calendars and the running gate. Exit code 1 when something cannot work.",
            "headgate doctor",
            "headgate doctor --self-test",
            "headgate doctor --json")
            .With(selfTest, catalogue, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                var console = parsed.InvocationConfiguration;
                var doctor = new Doctor(DemoDirectory.Meant(parsed.GetValue(connection.DataDirectory)!), CatalogueOption.Paths(parsed.GetValue(catalogue)), parsed.GetValue(connection.Url));
                var findings = new List<Finding>(await doctor.ExamineAsync(cancellation));
                if (parsed.GetValue(selfTest))
                {
                    findings.AddRange(await SelfTest.RunAsync(Market.Synthetic(), console.Error, cancellation));
                }

                Print(findings, parsed.GetValue(json), console.Output);
                return findings.Exists(finding => finding.Verdict == Verdict.Failed) ? ExitCode.Failure : ExitCode.Ok;
            });
    }

    private static void Print(IReadOnlyList<Finding> findings, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(findings.Select(finding => new
            {
                check = finding.Check,
                verdict = finding.Verdict.ToString().ToLowerInvariant(),
                detail = finding.Detail,
            })));
            return;
        }

        var table = Tables.New("check", "verdict", "detail");
        foreach (var finding in findings)
        {
            Tables.AddRow(table, finding.Check, finding.Verdict.ToString().ToLowerInvariant(), finding.Detail);
        }

        Tables.On(output).Write(table);
    }
}
