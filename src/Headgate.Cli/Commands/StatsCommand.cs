using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;
using Spectre.Console;

namespace Headgate.Cli.Commands;

/// <summary>What the gate has answered and what that cost, per endpoint.</summary>
internal static class StatsCommand
{
    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        return new GateCommand(
            "stats",
            "Show what clients asked, what was answered from memory, the calls made upstream and the calls saved.",
            "headgate stats",
            "headgate stats --json",
            "headgate stats --url http://127.0.0.1:7070")
            .With(connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var answer = await gate.GetAsync(GateApi.Stats, cancellation);
                if (parsed.GetValue(json))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(Plain.Json(answer));
                }
                else
                {
                    Print(answer, Tables.On(parsed.InvocationConfiguration.Output));
                }

                return ExitCode.Ok;
            });
    }

    private static void Print(JsonElement answer, IAnsiConsole console)
    {
        var table = Tables.New("endpoint", "asked", "items", "hits", "joined", "fetched", "stale", "refused", "calls", "direct", "saved", "limited upstream");
        foreach (var endpoint in answer.GetProperty("endpoints").EnumerateArray())
        {
            Tables.AddRow(
                table,
                endpoint.GetProperty("endpoint").GetString(),
                endpoint.GetProperty("demands"),
                endpoint.GetProperty("items"),
                endpoint.GetProperty("freshHits"),
                endpoint.GetProperty("joined"),
                endpoint.GetProperty("fetched"),
                endpoint.GetProperty("stale"),
                endpoint.GetProperty("refused"),
                endpoint.GetProperty("calls"),
                endpoint.GetProperty("direct"),
                endpoint.GetProperty("saved"),
                endpoint.GetProperty("limitedByUpstream"));
        }

        console.Write(table);
    }
}
