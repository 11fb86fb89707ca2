using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>What is left of each limit.</summary>
internal static class BudgetCommand
{
    private const int HashDigits = 8;

    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var ask = new Option<string?>("--ask")
        {
            HelpName = "PROVIDER.LIMIT",
            Description = "Ask one limit whether a call would be let through now, and when if not; spends nothing. Exit code 1 when it would not.",
        };
        return new GateCommand(
            "budget",
            "Show what is left of each limit that has been touched, and until when a limit is closed; from the ledger when no gate runs.",
            "headgate budget",
            "headgate budget --ask kite.quote",
            "headgate budget --json")
            .With(ask, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                await using var gate = await connection.OpenAsync(parsed, cancellation);
                var limit = parsed.GetValue(ask);
                var answer = await gate.Client.GetAsync(limit is null ? GateApi.Budgets : GateApi.Ask(limit), cancellation);
                // One limit is asked for by name, all of them come as a list.
                JsonElement[] budgets = answer.ValueKind == JsonValueKind.Array ? [.. answer.EnumerateArray()] : [answer];
                if (parsed.GetValue(json))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(Plain.Json(answer));
                }
                else
                {
                    Print(budgets, parsed.InvocationConfiguration.Output);
                }

                return limit is null || budgets.All(IsFree) ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    private static bool IsFree(JsonElement budget) =>
        budget.GetProperty("remaining").GetInt64() > 0 && !(budget.TryGetProperty("closedUntil", out var closed) && closed.ValueKind == JsonValueKind.String);

    private static void Print(JsonElement[] budgets, TextWriter output)
    {
        if (budgets.Length == 0)
        {
            output.WriteLine("no limit has been touched since the gate started");
            return;
        }

        var table = Tables.New("limit", "permits", "window", "used", "left", "next permit", "closed until", "because", "waiting");
        foreach (var budget in budgets)
        {
            Tables.AddRow(
                table,
                Short(budget.GetProperty("key").GetString()!),
                budget.GetProperty("permits"),
                Cell(budget, "calendar") ?? Plain.Span(TimeSpan.FromSeconds(budget.GetProperty("window").GetDouble())),
                budget.GetProperty("used"),
                budget.GetProperty("remaining"),
                Moment(budget, "availableAt") ?? "now",
                Moment(budget, "closedUntil"),
                Cell(budget, "closedBecause"),
                budget.GetProperty("waiting"));
        }

        Tables.On(output).Write(table);
    }

    // The scope is a keyed hash where it is a credential: its first digits tell callers apart, and --json has all of it.
    private static string Short(string key) => key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && key.Length > slash + HashDigits + 1 ? key[..(slash + HashDigits + 1)] + "…" : key;

    private static string? Moment(JsonElement budget, string name) =>
        budget.TryGetProperty(name, out var instant) ? Plain.Moment(instant) : null;

    private static string? Cell(JsonElement budget, string name) =>
        budget.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
