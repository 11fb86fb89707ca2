using System.Globalization;
using System.Text.Json;

namespace Headgate.Cli.Output;

/// <summary>The bot fleet as its gate tells of it.</summary>
internal static class FleetTables
{
    public static void Bots(JsonElement answer, TextWriter output)
    {
        if (!answer.GetProperty("running").GetBoolean())
        {
            output.WriteLine("no fleet runs in this gate; start it with: headgate serve --desk fleet");
            return;
        }

        foreach (var group in answer.GetProperty("groups").EnumerateArray())
        {
            var bots = group.GetProperty("bots");
            var table = Tables.New($"{Word(group)} ({bots.GetArrayLength()})", "score", "strength", "price", "age", "mode", "last order", "why");
            foreach (var bot in bots.EnumerateArray())
            {
                Tables.AddRow(
                    table, bot.GetProperty("pair"), bot.GetProperty("score"), bot.GetProperty("strength"), bot.GetProperty("price"), Seconds(bot.GetProperty("dataAgeSeconds")), bot.GetProperty("mode"),
                    bot.GetProperty("lastOrder"), bot.GetProperty("reason"));
            }

            Tables.On(output).Write(table);
        }

        var problem = answer.GetProperty("problem");
        output.WriteLine(
            $"evaluated {Plain.Moment(answer.GetProperty("evaluatedAt")) ?? "-"} in {Seconds(answer.GetProperty("tookSeconds"))} with {Text(answer.GetProperty("calls"))} calls, next {Plain.Moment(answer.GetProperty("nextRun")) ?? "-"}; "
            + (problem.ValueKind == JsonValueKind.Null ? "well" : $"PROBLEM: {problem}"));
    }

    public static void Statistics(JsonElement answer, TextWriter output)
    {
        var table = Tables.New("data", "caller", "asks", "requests", "hits", "stale", "joined", "batched", "calls", "failures", "429", "refused", "wait p50/p95/max ms");
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            Tables.AddRow(
                table, row.GetProperty("data"), row.GetProperty("caller"), row.GetProperty("asks"), row.GetProperty("requests"), row.GetProperty("hits"), row.GetProperty("staleServed"),
                row.GetProperty("joined"), row.GetProperty("batched"), row.GetProperty("calls"), row.GetProperty("failures"), row.GetProperty("limited"), row.GetProperty("refused"), Waits(row.GetProperty("waitMs")));
        }

        var endpoints = Tables.New("endpoint", "calls", "failures", "429", "queue p50/p95/max ms", "breaker");
        foreach (var row in answer.GetProperty("endpoints").EnumerateArray())
        {
            Tables.AddRow(
                endpoints, row.GetProperty("endpoint"), row.GetProperty("calls"), row.GetProperty("failures"), row.GetProperty("limited"), Waits(row.GetProperty("queueWaitMs")), row.GetProperty("breaker"));
        }

        var budgets = Tables.New("limit", "permits", "window", "used", "left", "closed because");
        foreach (var row in answer.GetProperty("budgets").EnumerateArray())
        {
            Tables.AddRow(
                budgets, row.GetProperty("limit"), row.GetProperty("permits"), Seconds(row.GetProperty("windowSeconds")), row.GetProperty("used"), row.GetProperty("left"), row.GetProperty("closedBecause"));
        }

        var console = Tables.On(output);
        console.Write(table);
        console.Write(endpoints);
        console.Write(budgets);
        output.WriteLine(
            $"since {Plain.Moment(answer.GetProperty("since")) ?? "-"}: {answer.GetProperty("calls")} calls for {answer.GetProperty("requests")} requests, {Percent(answer.GetProperty("reduction"))} fewer; "
            + $"last minute {answer.GetProperty("callsLastMinute")}, last hour {answer.GetProperty("callsLastHour")} calls, of these {answer.GetProperty("readsLastHour")} reads, "
            + $"{Below(answer)}; oldest price {Seconds(answer.GetProperty("oldestPriceSeconds"))}");
    }

    private static string Below(JsonElement answer) => answer.GetProperty("reductionOfBaseline").ValueKind == JsonValueKind.Number
        ? $"{Percent(answer.GetProperty("reductionOfBaseline"))} below the {answer.GetProperty("baselinePerHour")} an hour of the replaced system"
        : $"to be compared with the {answer.GetProperty("baselinePerHour")} an hour of the replaced system after five minutes";

    private static string Word(JsonElement group) => group.GetProperty("signal").GetString() switch { "buy" => "BUY", "sell" => "SELL", var other => other! };

    private static string Waits(JsonElement waits) => $"{Text(waits.GetProperty("p50"))} / {Text(waits.GetProperty("p95"))} / {Text(waits.GetProperty("max"))}";

    private static string Seconds(JsonElement value) => value.ValueKind == JsonValueKind.Number ? string.Create(CultureInfo.InvariantCulture, $"{value.GetDecimal():0.##} s") : "-";

    private static string Percent(JsonElement value) => value.ValueKind == JsonValueKind.Number ? string.Create(CultureInfo.InvariantCulture, $"{value.GetDecimal() * 100:0.#} %") : "-";

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "-" : value.ToString();
}
