using System.CommandLine;
using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>Prints an answer of the gate: as it is with <c>--json</c>, else for people.</summary>
internal static class Answers
{
    public static async Task<int> PrintAsync(ParseResult parsed, Option<bool> json, JsonElement answer, Action<JsonElement, TextWriter> print)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json))
        {
            await output.WriteLineAsync(Plain.Json(answer));
        }
        else
        {
            print(answer, output);
        }

        return ExitCode.Ok;
    }
}
