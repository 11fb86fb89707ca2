using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>What the gate keeps fresh by itself.</summary>
internal static class RefreshCommand
{
    public static Command Build() => new("refresh", "Keep items fresh without a client asking, from spare budget: watches, their plan, and the strategy.")
    {
        Add(), Remove(), Interval(), Pin(), Plan(), Status(),
    };

    private static Command Add()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var target = new Argument<string>("target") { Description = "What to keep fresh, as kite/quote?i=NSE:INFY&i=NSE:TCS." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "Name of the watch; one of the same name is replaced. Default: the target." };
        var every = new Option<string?>("--every") { HelpName = "TIME", Description = "Interval, 1s to 31d. Default: the priority's (5, 10, 20, 60 min), or the endpoint's ttl where that is shorter and the budget carries it." };
        var priority = new Option<string?>("--priority") { HelpName = "WORD", Description = "critical, high, medium or low: who goes first when the budget is short. Default: medium." };
        return new GateCommand(
            "add",
            "Keep items fresh; survives restarts. Only what is public, or for which the gate holds a secret of its own.",
            "headgate refresh add 'kite/quote?i=NSE:INFY&i=NSE:TCS' --name bank --every 30s --priority high",
            "headgate refresh add coinbase/products/BTC-USD/ticker --priority critical --json")
            .With(target, name, every, priority, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var body = new { target = parsed.GetValue(target), name = parsed.GetValue(name), every = parsed.GetValue(every), priority = parsed.GetValue(priority) };
                return await Answers.PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Post, GateApi.Refresh, body, cancellation), RefreshTables.Plan);
            });
    }

    private static Command Remove()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var name = Name();
        return new GateCommand("rm", "End a watch; what it holds stays.", "headgate refresh rm bank", "headgate refresh rm bank --json")
            .With(name, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.With(GateApi.Refresh, ("name", parsed.GetValue(name)));
                return await Answers.PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Delete, path, body: null, cancellation), RefreshTables.Plan);
            });
    }

    private static Command Interval()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var name = Name();
        var every = new Argument<string>("time") { Description = "1s to 31d, or auto for the priority's interval." };
        return new GateCommand("interval", "Change how often a watch is refreshed.", "headgate refresh interval bank 2m", "headgate refresh interval bank auto --json")
            .With(name, every, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var body = new { name = parsed.GetValue(name), every = parsed.GetValue(every) };
                return await Answers.PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Patch, GateApi.Refresh, body, cancellation), RefreshTables.Plan);
            });
    }

    private static Command Pin()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var strategy = new Argument<string>("strategy") { Description = "aggressive, normal, conservative, minimal, or auto to let it adjust itself again." };
        var provider = new Option<string?>("--provider") { HelpName = "NAME", Description = "One provider alone; its pin goes before that of all." };
        return new GateCommand(
            "pin",
            "Pin the strategy whatever the use and the volatility; survives restarts.",
            "headgate refresh pin minimal",
            "headgate refresh pin conservative --provider kite",
            "headgate refresh pin auto --json")
            .With(strategy, provider, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var body = new { pin = parsed.GetValue(strategy), provider = parsed.GetValue(provider) };
                return await Answers.PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Patch, GateApi.Refresh, body, cancellation), RefreshTables.Status);
            });
    }

    private static Command Plan()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand(
            "plan",
            "Show what refreshing costs after batching, and which intervals the budgets stretch. Exit code 1 when one is stretched.",
            "headgate refresh plan",
            "headgate refresh plan --json")
            .With(connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var answer = await gate.GetAsync(GateApi.Refresh, cancellation);
                await Answers.PrintAsync(parsed, json, answer, RefreshTables.Plan);
                var limits = answer.GetProperty("plan").GetProperty("providers").EnumerateArray().SelectMany(provider => provider.GetProperty("limits").EnumerateArray());
                return limits.Any(limit => limit.GetProperty("stretchPercent").GetInt32() > 100) ? ExitCode.Failure : ExitCode.Ok;
            });
    }

    private static Command Status()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand("status", "Show strategies and every watch: when it is due, what it waits for, what went wrong.", "headgate refresh status", "headgate refresh status --json")
            .With(connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                return await Answers.PrintAsync(parsed, json, await gate.GetAsync(GateApi.Refresh, cancellation), RefreshTables.Status);
            });
    }

    private static Argument<string> Name() => new("name") { Description = "The watch, as `headgate refresh status` names it." };
}
