using System.CommandLine;

namespace Headgate.Strategies.Cli;

/// <summary>headgate jobs ls|show|cancel.</summary>
public static class JobsCommand
{
    public static Command Create(CliContext context)
    {
        var options = new CommonOptions(context);
        var command = new Command("jobs", "Background runs");
        command.Subcommands.Add(List(options));
        command.Subcommands.Add(Show(options));
        command.Subcommands.Add(Cancel(options));
        return command;
    }

    private static Command List(CommonOptions common)
    {
        var limit = new Option<int>("--limit") { Description = "1 to 500", DefaultValueFactory = _ => 20 };
        var state = new Option<string?>("--state") { Description = "PENDING, STARTED, PROCESSING, RETRY, SUCCESS, FAILURE or REVOKED" };
        return common.Command(
            "ls", "Jobs, newest first",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, cancellation);
                var filter = parsed.GetValue(state) is { } wanted ? $"&state={Uri.EscapeDataString(wanted)}" : "";
                var jobs = await platform.GetAsync($"/api/v1/jobs?limit={parsed.GetValue(limit)}{filter}", cancellation);
                if (parsed.GetValue(common.Json))
                {
                    common.Context.Output.WriteJson(jobs);
                }
                else
                {
                    common.Context.Output.Write(Tables.Of(
                        jobs.EnumerateArray(), ("Job", "job_id"), ("Strategy", "strategy"), ("Status", "status"), ("Attempts", "attempts"), ("Created", "created_at"),
                        ("Finished", "finished_at"), ("Execution", "execution_id")));
                }

                return ExitCode.Success;
            },
            limit, state, common.Url);
    }

    private static Command Show(CommonOptions common)
    {
        var id = new Argument<string>("id") { Description = "The job" };
        return common.Command(
            "show", "A job's state, progress and result",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, cancellation);
                var job = await platform.GetAsync($"/api/v1/jobs/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancellation);
                if (parsed.GetValue(common.Json))
                {
                    common.Context.Output.WriteJson(job);
                    return ExitCode.Success;
                }

                var progress = job.GetProperty("progress");
                common.Context.Output.Profile.Out.Writer.WriteLine(
                    $"""
                    job        {Tables.Cell(job, "job_id")}
                    strategy   {Tables.Cell(job, "strategy")} {job.GetProperty("parameters").GetRawText()}
                    status     {Tables.Cell(job, "status")} (attempt {Tables.Cell(job, "attempts")})
                    progress   {Tables.Cell(progress, "processed")} of {Tables.Cell(progress, "total")} expiry rows, {Tables.Cell(progress, "percent")} %
                    created    {Tables.Cell(job, "created_at")}
                    finished   {Tables.Cell(job, "finished_at")}
                    execution  {Tables.Cell(job, "execution_id")}
                    {Tables.Cell(job, "message")}{Tables.Cell(job, "error")}
                    """);
                return Tables.Cell(job, "status") is "failed" or "revoked" ? ExitCode.Failed : ExitCode.Success;
            },
            id, common.Url);
    }

    private static Command Cancel(CommonOptions common)
    {
        var id = new Argument<string>("id") { Description = "The job" };
        return common.Command(
            "cancel", "Stop a job that has not ended",
            async (parsed, cancellation) =>
            {
                await using var platform = await OpenAsync(common, parsed, cancellation);
                var job = await platform.DeleteAsync($"/api/v1/jobs/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancellation);
                if (parsed.GetValue(common.Json))
                {
                    common.Context.Output.WriteJson(job);
                }
                else
                {
                    common.Context.Output.Profile.Out.Writer.WriteLine($"{Tables.Cell(job, "job_id")} cancelled");
                }

                return ExitCode.Success;
            },
            id, common.Url);
    }

    private static Task<PlatformConnection> OpenAsync(CommonOptions common, ParseResult parsed, CancellationToken cancellation) =>
        PlatformConnection.OpenAsync(parsed.GetValue(common.Url), parsed.GetValue(common.DataDir)!, runJobs: false, common.Context, cancellation);
}
