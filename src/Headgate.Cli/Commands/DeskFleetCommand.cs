using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>The bot fleet of a running gate.</summary>
internal static class DeskFleetCommand
{
    public static Command Build()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand(
            "fleet",
            "Show the bots by signal and strength: why each does what it does, how old its data is, its last order. Asks nobody and evaluates nothing. Exit code 1 when no fleet runs in the gate or something is wrong with it.",
            "headgate desk fleet",
            "headgate desk fleet --json",
            "headgate desk fleet statistics",
            "headgate desk fleet mode BTC-USD bypass")
            .With(Statistics(), Mode(), connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var answer = await gate.GetAsync(GateApi.DeskFleet, cancellation);
                await Answers.PrintAsync(parsed, json, answer, FleetTables.Bots);
                return answer.GetProperty("running").GetBoolean() && answer.GetProperty("problem").ValueKind == JsonValueKind.Null ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    private static Command Statistics()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand(
            "statistics",
            "Show what the fleet asked and what that cost since its process began, by kind of data and caller; what is left of the exchange's limits.",
            "headgate desk fleet statistics",
            "headgate desk fleet statistics --json")
            .With(connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                return await Answers.PrintAsync(parsed, json, await gate.GetAsync(GateApi.DeskFleetStatistics, cancellation), FleetTables.Statistics);
            });
    }

    private static Command Mode()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var pair = new Argument<string>("pair") { Description = "The bot's pair, as BTC-USD." };
        var mode = new Argument<string>("mode") { Description = "on: decides by the fleet's snapshot. shadow: by asks of its own, differences reported. bypass: by its own alone. unset: as its settings say." };
        mode.AcceptOnlyFromAmong("on", "shadow", "bypass", "unset");
        return new GateCommand("mode", "Switch one bot's mode from its next evaluation on; survives restarts.", "headgate desk fleet mode BTC-USD shadow", "headgate desk fleet mode BTC-USD unset --json")
            .With(pair, mode, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var body = new { mode = parsed.GetValue(mode) };
                return await Answers.PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Patch, GateApi.DeskFleetBot(parsed.GetValue(pair)!), body, cancellation), FleetTables.Bots);
            });
    }
}
