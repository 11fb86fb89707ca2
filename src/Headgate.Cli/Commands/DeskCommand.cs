using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>The Kite desk: run its monitors, see what they found and how they do.</summary>
internal static class DeskCommand
{
    private const int LimitMax = 1_000;

    public static Command Build() => new("desk", "Systems that live on the gate: monitors of the Indian market on Kite Connect, which advise and never place an order, and a fleet of bots that trades on paper.")
    {
        DeskRunCommand.Build(), DeskFleetCommand.Build(), Alerts(), Status(),
    };

    private static Command Alerts()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var limit = new Option<int>("--limit") { HelpName = "N", Description = $"At most so many, 1 to {LimitMax}. Default: 100.", DefaultValueFactory = _ => 100 };
        var from = new Option<DateTimeOffset?>("--from") { HelpName = "INSTANT", Description = "Only what was raised then or later, as 2026-11-20T09:15:00+05:30. Default: the latest." };
        return new GateCommand(
            "alerts",
            "Show alerts, newest first, and what became of each on every channel; where no gate runs, from the files of the data directory.",
            "headgate desk alerts",
            "headgate desk alerts --from 2026-11-20T09:15:00+05:30 --limit 500 --json")
            .With(limit, from, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                var count = parsed.GetValue(limit);
                if (count is < 1 or > LimitMax)
                {
                    throw new CommandFailure($"--limit {count} is not 1 to {LimitMax}", ExitCode.Usage);
                }

                await using var gate = await connection.OpenAsync(parsed, cancellation);
                var path = GateApi.With(GateApi.DeskAlerts, ("limit", count), ("from", parsed.GetValue(from)?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
                return await Answers.PrintAsync(parsed, json, await gate.Client.GetAsync(path, cancellation), PrintAlerts);
            });
    }

    private static Command Status()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand(
            "status",
            "Show how each monitor does: last cycle and what it came to, next one, failures and missed cycles. Exit code 1 when no desk runs in the gate or a monitor's last cycle failed.",
            "headgate desk status",
            "headgate desk status --json")
            .With(connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var answer = await gate.GetAsync(GateApi.DeskMonitors, cancellation);
                await Answers.PrintAsync(parsed, json, answer, PrintMonitors);
                var isWell = answer.GetProperty("running").GetBoolean()
                    && answer.GetProperty("monitors").EnumerateArray().All(static monitor => monitor.GetProperty("lastError").ValueKind == JsonValueKind.Null);
                return isWell ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    private static void PrintAlerts(JsonElement answer, TextWriter output)
    {
        var table = Tables.OrElse("no alerts", "raised", "monitor", "type", "subject", "price", "delivery", "summary");
        foreach (var alert in answer.GetProperty("alerts").EnumerateArray())
        {
            var delivery = string.Join(", ", alert.GetProperty("deliveries").EnumerateArray().Select(static one => $"{one.GetProperty("channel").GetString()} {one.GetProperty("stage").GetString()}"));
            Tables.AddRow(
                table, Plain.Moment(alert.GetProperty("raisedAt")), alert.GetProperty("monitor"), alert.GetProperty("type"), alert.GetProperty("subject"), alert.GetProperty("price"), delivery, alert.GetProperty("summary"));
        }

        Tables.On(output).Write(table);
    }

    private static void PrintMonitors(JsonElement answer, TextWriter output)
    {
        if (!answer.GetProperty("running").GetBoolean())
        {
            output.WriteLine("no monitors run in this gate; start them with: headgate serve --desk kite");
            return;
        }

        var table = Tables.New("monitor", "last cycle", "checked", "alerts", "sent", "errors", "next", "runs", "failed", "missed", "trouble");
        foreach (var monitor in answer.GetProperty("monitors").EnumerateArray())
        {
            var result = monitor.GetProperty("lastResult");
            var has = result.ValueKind == JsonValueKind.Object;
            Tables.AddRow(
                table,
                monitor.GetProperty("name"),
                Plain.Moment(monitor.GetProperty("lastCycle")),
                has ? $"{result.GetProperty("checked")}/{result.GetProperty("total")}" : null,
                has ? result.GetProperty("dropAlerts").GetInt32() + result.GetProperty("riseAlerts").GetInt32() : null,
                has ? result.GetProperty("alertsSent") : null,
                has ? result.GetProperty("errors") : null,
                Plain.Moment(monitor.GetProperty("next")),
                monitor.GetProperty("runs"),
                monitor.GetProperty("failures"),
                monitor.GetProperty("missed"),
                monitor.GetProperty("lastError"));
        }

        Tables.On(output).Write(table);
    }
}
