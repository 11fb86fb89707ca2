using System.CommandLine;
using System.Text.Json;
using Headgate.Strategies.Runs;
using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>headgate strategy ls|run|runs|show|export.</summary>
public static class StrategyCommand
{
    public static Command Create(CliContext context)
    {
        var options = new CommonOptions(context);
        var command = new Command("strategy", "Option strategies over the imported daily data");
        command.Subcommands.Add(List(options));
        command.Subcommands.Add(Run(options));
        command.Subcommands.Add(Runs(options));
        command.Subcommands.Add(Show(options));
        command.Subcommands.Add(Export(options));
        return command;
    }

    private static Command List(CommonOptions common) => common.Command("ls", "All strategies and their parameters", async (parsed, cancellation) =>
    {
        await using var platform = await OpenAsync(common, parsed, false, cancellation);
        var strategies = await platform.GetAsync("/api/v1/strategies", cancellation);
        if (parsed.GetValue(common.Json))
        {
            common.Context.Output.WriteJson(strategies);
            return ExitCode.Success;
        }

        var table = new TextTable(["Strategy", "Version", "Parameters", "Description"], "none");
        foreach (var s in strategies.EnumerateArray())
        {
            var parameters = s.GetProperty("parameter_schema").EnumerateArray().Select(p => $"{Tables.Cell(p, "name")}={Tables.Cell(p, "default")}");
            table.Add([Tables.Cell(s, "name"), Tables.Cell(s, "version"), string.Join('\n', parameters), Tables.Cell(s, "description")]);
        }

        common.Context.Output.Write(table);
        return ExitCode.Success;
    }, common.Url);

    private static Command Run(CommonOptions common)
    {
        var name = new Argument<string>("name") { Description = "The strategy" };
        var parameters = new Option<string[]>("--param", "-p") { Description = "name=value; repeat for more", DefaultValueFactory = _ => [] };
        var noCache = new Option<bool>("--no-cache") { Description = "Compute even if the result is cached" };
        var isAsync = new Option<bool>("--async") { Description = "Queue a job on the running gate and return its id" };
        return common.Command(
            "run", "Run a strategy and show its result",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, false, cancellation);
                var status = await platform.PostAsync(
                    "/api/v1/execute",
                    new
                    {
                        strategy_name = parsed.GetValue(name), parameters = ParameterArguments.Parse(parsed.GetValue(parameters)!),
                        use_cache = !parsed.GetValue(noCache), async_execution = parsed.GetValue(isAsync),
                    },
                    cancellation);
                if (Tables.Cell(status, "status") == "failed")
                {
                    throw new CliException(ExitCode.Failed, $"execution {Tables.Cell(status, "execution_id")} failed: {Tables.Cell(status, "error_message")}");
                }

                if (parsed.GetValue(isAsync) && Tables.Cell(status, "status") == "pending")
                {
                    if (parsed.GetValue(common.Json))
                    {
                        common.Context.Output.WriteJson(status);
                    }
                    else
                    {
                        common.Context.Output.WriteLine(Tables.Cell(status, "job_id"));
                    }

                    return ExitCode.Success;
                }

                return await ExecutionView.ShowAsync(platform, common.Context, status.GetProperty("execution_id").GetInt64(), 20, parsed.GetValue(common.Json), cancellation);
            },
            name, parameters, noCache, isAsync, common.Url);
    }

    private static Command Runs(CommonOptions common)
    {
        var limit = new Option<int>("--limit") { Description = "1 to 500", DefaultValueFactory = _ => 20 };
        var status = new Option<string?>("--status") { Description = "pending, running, completed or failed" };
        var strategy = new Option<string?>("--strategy") { Description = "Only this strategy" };
        return common.Command(
            "runs", "Executions, newest first",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, false, cancellation);
                var query = $"limit={parsed.GetValue(limit)}{Query("status", parsed.GetValue(status))}{Query("strategy_name", parsed.GetValue(strategy))}";
                var runs = await platform.GetAsync($"/api/v1/executions?{query}", cancellation);
                if (parsed.GetValue(common.Json))
                {
                    common.Context.Output.WriteJson(runs);
                }
                else
                {
                    common.Context.Output.Write(Tables.Of(
                        runs.EnumerateArray(), ("Id", "execution_id"), ("Strategy", "strategy_name"), ("Status", "status"), ("Rows", "row_count"), ("ms", "duration_ms"),
                        ("Started", "started_at"), ("Error", "error_message")));
                }

                return ExitCode.Success;
            },
            limit, status, strategy, common.Url);
    }

    private static Command Show(CommonOptions common)
    {
        var id = new Argument<long>("id") { Description = "The execution" };
        var rows = new Option<int>("--rows") { Description = "Trades shown, from the newest", DefaultValueFactory = _ => 20 };
        return common.Command(
            "show", "An execution: summary, equity and drawdown, pivot, trades",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, false, cancellation);
                return await ExecutionView.ShowAsync(platform, common.Context, parsed.GetValue(id), parsed.GetValue(rows), parsed.GetValue(common.Json), cancellation);
            },
            id, rows, common.Url);
    }

    private static Command Export(CommonOptions common)
    {
        var id = new Argument<long>("id") { Description = "The execution" };
        var format = new Option<string>("--format") { Description = "csv or xlsx", DefaultValueFactory = _ => "csv" };
        var output = new Option<string?>("--output", "-o") { Description = "File; default execution-ID.FORMAT" };
        return common.Command(
            "export", "Write an execution's trades to a file",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, false, cancellation);
                var kind = parsed.GetValue(format)!;
                var data = await platform.DownloadAsync($"/api/v1/executions/{parsed.GetValue(id)}/export?format={Uri.EscapeDataString(kind)}", cancellation);
                var file = parsed.GetValue(output) ?? $"execution-{parsed.GetValue(id)}.{kind}";
                await File.WriteAllBytesAsync(file, data, cancellation);
                if (parsed.GetValue(common.Json))
                {
                    common.Context.Output.WriteJson(new { File = file, Bytes = data.Length });
                }
                else
                {
                    common.Context.Output.WriteLine($"{file}: {data.Length} bytes");
                }

                return ExitCode.Success;
            },
            id, format, output, common.Url);
    }

    private static Task<PlatformConnection> OpenAsync(CommonOptions common, ParseResult parsed, bool runJobs, CancellationToken cancellation) =>
        PlatformConnection.OpenAsync(parsed.GetValue(common.Url), parsed.GetValue(common.DataDir)!, runJobs, common.Context, cancellation);

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
