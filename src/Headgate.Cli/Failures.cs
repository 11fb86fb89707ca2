using System.CommandLine;
using System.Text.Json;

namespace Headgate.Cli;

/// <summary>How a command that did not succeed says so: a line on standard error, and with <c>--json</c> an object on standard output as well, so that a program always has something to read.</summary>
internal static class Failures
{
    public static async Task<int> TellAsync(ParseResult parsed, string message, int exitCode)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"headgate: {message}");
        if (IsForPrograms(parsed))
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(new { error = message, exitCode }));
        }

        return exitCode;
    }

    // As it stands on the command line: where that cannot be understood, no value can be had.
    private static bool IsForPrograms(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(static option => option.Name is "--json") is { } json && parsed.GetResult(json) is { Implicit: false };
}
