using System.CommandLine;
using Headgate.Cli.Monitoring;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Commands;

/// <summary>Runs monitors in a process of their own, on an engine of their own.</summary>
internal static class DeskRunCommand
{
    public static Command Build()
    {
        var data = CommonOptions.DataDirectory();
        var tape = new TapeOptions();
        var config = new ConfigOption();
        var catalogue = CatalogueOption.Create();
        var names = new Argument<string[]>("monitor") { Description = $"Which monitors: {string.Join(", ", LiveDesk.Names)}. Default: all of them.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. LiveDesk.Names]);
        var once = new Option<bool>("--once") { Description = "One cycle of each now, for a scheduler of your own; exit code 1 when one failed." };
        var demo = new Option<bool>("--demo") { Description = "Ask an emulated Kite Connect and tell an emulated Telegram; keeps no alerts. With --tape along recorded minutes." };
        var corrupt = new Option<bool>("--accept-corrupt-ledger")
        {
            Description = "Start although the ledger of what was spent is corrupt: it is moved aside, and upstream calls are refused until every window it knew of is over.",
        };
        return new GateCommand(
            "run",
            "Run monitors at their times, one alone or several together, asking through the gate's engine on this data directory. Where a gate runs on it already, they "
                + "belong inside: headgate serve --desk kite.",
            "headgate desk run",
            "headgate desk run stock onemin",
            "headgate desk run stock --once",
            "headgate desk run --demo")
            .With(names, once, demo, tape.Tape, tape.At, config.Option, catalogue, data, corrupt)
            .Does(async (parsed, cancellation) =>
            {
                var directory = parsed.GetValue(data)!;
                if (DataDirectory.FindOwner(directory.FullName) is { } owner)
                {
                    throw new CommandFailure(
                        $"a gate runs on the data directory {directory.FullName} already ({owner}). Run the monitors inside it, by starting it with: headgate serve --desk kite; or choose another --data-dir.",
                        ExitCode.InUse);
                }

                var isEmulated = parsed.GetValue(demo) || parsed.GetValue(tape.Tape) is { Length: > 0 };
                var chosen = parsed.GetValue(names) is { Length: > 0 } some ? some.Distinct(StringComparer.Ordinal).ToList() : LiveDesk.Names;
                var settings = new ServeSettings(
                    directory, config.Find(parsed), CatalogueOption.Paths(parsed.GetValue(catalogue)), isEmulated ? tape.LoadForDesk(parsed) : null, parsed.GetValue(corrupt))
                {
                    Desk = chosen,
                };
                return await RunAsync(settings, chosen, parsed.GetValue(once), parsed.InvocationConfiguration, cancellation);
            });
    }

    private static async Task<int> RunAsync(ServeSettings settings, IReadOnlyList<string> names, bool once, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            await using var gate = await GateCore.StartAsync(settings, console.Error, cancellation);
            await using var desk = await LiveDesk.StartAsync(gate, settings.Market, names, console.Output, cancellation);
            await console.Output.WriteLineAsync($"monitors: {string.Join(", ", names)}; files in {gate.Directory.Root}");
            if (once)
            {
                return await desk.RunOnceAsync(cancellation) ? ExitCode.Ok : ExitCode.Failure;
            }

            await desk.RunAsync(cancellation);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped as asked, before or during a cycle; what was raised is delivered by the next process.
            return ExitCode.Ok;
        }
        catch (Exception problem) when (problem is not CommandFailure && StartProblems.Explain(problem) is { } failure)
        {
            throw new CommandFailure(failure.Message, failure.ExitCode, problem);
        }
    }
}
