using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>Were stored candles restated?</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var provider = new Argument<string>("provider") { Description = "The provider's name, as kite." };
        var series = new Argument<string>("series") { Description = "The upstream's path without bounds, as /instruments/historical/408065/day." };
        var from = new Argument<string>("from") { Description = "First bar: a date as 2026-01-01, or an instant." };
        var to = new Argument<string>("to") { Description = "Last bar: a date, which is taken to its end, or an instant." };
        var replace = new Option<bool>("--replace") { Description = "Keep what the upstream says now." };
        return new GateCommand(
            "verify",
            "Ask the upstream again for closed candles that are stored, at the lowest urgency and within its limits, and report rows that differ. Exit code 1 when any does. The running gate asks with its own secret.",
            "headgate verify kite /instruments/historical/408065/day 2025-01-01 2025-12-31",
            "headgate verify kite /instruments/historical/408065/minute 2026-01-05 2026-01-09 --replace")
            .With(provider, series, from, to, replace, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.Verify(
                    parsed.GetValue(provider)!, parsed.GetValue(series)!, parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(replace));
                var answer = await gate.SendAsync(HttpMethod.Post, path, body: null, cancellation);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(Plain.Json(answer));
                }
                else
                {
                    await PrintAsync(answer, output);
                }

                var differs = answer.GetProperty("differences").GetArrayLength() > 0;
                return differs || Text(answer, "problem") is not null ? ExitCode.Failure : ExitCode.Ok;
            });
    }

    private static async Task PrintAsync(JsonElement answer, TextWriter output)
    {
        foreach (var difference in answer.GetProperty("differences").EnumerateArray())
        {
            await output.WriteLineAsync($"{difference.GetProperty("bar")}  stored {Text(difference, "stored") ?? "nothing"}  now {Text(difference, "now") ?? "nothing"}");
        }

        var replaced = answer.GetProperty("replaced").GetBoolean() ? ", replaced" : "";
        await output.WriteLineAsync($"{answer.GetProperty("rows")} rows compared in {answer.GetProperty("calls")} calls, {answer.GetProperty("differences").GetArrayLength()} differ{replaced}");
        if (Text(answer, "problem") is { } problem)
        {
            await output.WriteLineAsync(problem);
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
