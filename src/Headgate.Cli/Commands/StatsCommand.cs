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
        var days = new Option<int?>("--days")
        {
            HelpName = "N",
            Description = "Sums per day and endpoint over the last N days (1 to 400, today included), kept across restarts. Default: counts since the start.",
        };
        return new GateCommand(
            "stats",
            "Show what clients asked, what was answered from memory, the calls made upstream and the calls saved.",
            "headgate stats",
            "headgate stats --days 7",
            "headgate stats --json",
            "headgate stats --url http://127.0.0.1:7070")
            .With(days, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                var count = parsed.GetValue(days);
                if (count is < 1 or > 400)
                {
                    throw new CommandFailure($"--days {count} is not 1 to 400", ExitCode.Usage);
                }

                // Counts since the start live in the gate that runs; sums per day are on disk.
                await using var gate = count is null ? new GateSession(connection.Connect(parsed), resting: null) : await connection.OpenAsync(parsed, cancellation);
                var answer = await gate.Client.GetAsync(count is { } some ? GateApi.Savings(some) : GateApi.Stats, cancellation);
                if (parsed.GetValue(json))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(Plain.Json(answer));
                }
                else if (count is not null)
                {
                    PrintDays(answer, Tables.On(parsed.InvocationConfiguration.Output));
                }
                else
                {
                    Print(answer, Tables.On(parsed.InvocationConfiguration.Output));
                    foreach (var alert in (await gate.Client.GetAsync(GateApi.Alerts, cancellation)).EnumerateArray())
                    {
                        await parsed.InvocationConfiguration.Output.WriteLineAsync($"ALERT {alert.GetProperty("key").GetString()}: {alert.GetProperty("message").GetString()} {alert.GetProperty("remedy").GetString()}");
                    }
                }

                return ExitCode.Ok;
            });
    }

    private static void PrintDays(JsonElement answer, IAnsiConsole console)
    {
        var table = Tables.New("day", "endpoint", "asked", "items", "hits", "stale", "refused", "calls", "direct", "saved");
        foreach (var day in answer.GetProperty("daily").EnumerateArray())
        {
            Tables.AddRow(
                table, day.GetProperty("day"), day.GetProperty("endpoint"), day.GetProperty("asked"), day.GetProperty("items"), day.GetProperty("hits"), day.GetProperty("stale"),
                day.GetProperty("refused"), day.GetProperty("calls"), day.GetProperty("direct"), day.GetProperty("saved"));
        }

        Tables.AddRow(
            table, "total", null, answer.GetProperty("asked"), null, answer.GetProperty("hits"), answer.GetProperty("stale"), null, answer.GetProperty("calls"), answer.GetProperty("direct"),
            answer.GetProperty("saved"));
        console.Write(table);
        PrintCosts(answer, console);
    }

    private static void PrintCosts(JsonElement answer, IAnsiConsole console)
    {
        var table = Tables.New("provider", "credits", "cost", "direct", "saved", "fee for 30 days", "currency");
        foreach (var cost in answer.GetProperty("costs").EnumerateArray())
        {
            Tables.AddRow(
                table, cost.GetProperty("provider"), cost.GetProperty("credits"), cost.GetProperty("cost"), cost.GetProperty("direct"), cost.GetProperty("saved"), cost.GetProperty("monthly"),
                cost.GetProperty("currency"));
        }

        if (table.Count > 0)
        {
            console.Write(table);
        }
    }

    private static void Print(JsonElement answer, IAnsiConsole console)
    {
        var table = Tables.OrElse("nothing has been asked since the gate started", "endpoint", "asked", "items", "hits", "joined", "fetched", "stale", "refused", "calls", "direct", "saved", "limited upstream");
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
        PrintCosts(answer, console);
    }
}
