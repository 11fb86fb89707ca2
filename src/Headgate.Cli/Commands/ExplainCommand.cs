using System.CommandLine;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>Why a request was answered as it was.</summary>
internal static class ExplainCommand
{
    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var request = new Argument<string>("request-id")
        {
            Description = "The id the gate gave in the Headgate-Request-Id response header.",
        };
        return new GateCommand(
            "explain",
            "Tell every decision for one request: hit, joined, merged, queued for which limit and how long, refused why.",
            "headgate explain 42",
            "headgate explain 42 --json")
            .With(request, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var answer = await gate.GetAsync(GateApi.Explain(parsed.GetValue(request)!), cancellation);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(Plain.Json(answer));
                    return ExitCode.Ok;
                }

                await output.WriteLineAsync($"{Plain.Moment(answer.GetProperty("at"))}  {answer.GetProperty("client")} asked {answer.GetProperty("endpoint")}: {answer.GetProperty("target")}");
                foreach (var step in answer.GetProperty("steps").EnumerateArray())
                {
                    await output.WriteLineAsync($"{Plain.Moment(step.GetProperty("at"))}  {step.GetProperty("decision"),-10} {step.GetProperty("detail")}");
                }

                return ExitCode.Ok;
            });
    }
}
