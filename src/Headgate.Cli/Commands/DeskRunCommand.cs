using System.CommandLine;
using Headgate.Cli.Monitoring;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Headgate.Storage.Sqlite;

namespace Headgate.Cli.Commands;

/// <summary>Runs systems of the desk in a process of their own, on an engine of their own.</summary>
internal static class DeskRunCommand
{
    private const string Default = "kite";

    public static Command Build()
    {
        var data = CommonOptions.DataDirectory();
        var tape = new TapeOptions();
        var config = new ConfigOption();
        var catalogue = CatalogueOption.Create();
        var names = new Argument<string[]>("name")
        {
            Description = $"Which systems, or single monitors of one: {string.Join(", ", LiveSystems.NamesAndParts)}. Default: {Default}, with all its monitors.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. LiveSystems.NamesAndParts]);
        var once = new Option<bool>("--once") { Description = "One cycle of each now, for a scheduler of your own; exit code 1 when one failed." };
        var demo = new Option<bool>("--demo") { Description = "Ask emulated upstreams and tell an emulated Telegram; keeps no alerts, and the rest apart, in demo below the data directory. With --tape Kite's tell of recorded minutes." };
        var corrupt = new Option<bool>("--accept-corrupt-ledger")
        {
            Description = "Start although the ledger of what was spent is corrupt: it is moved aside, and upstream calls are refused until every window it knew of is over.",
        };
        return new GateCommand(
            "run",
            "Run systems of the desk at their times, side by side on one engine and this data directory. Where a gate runs on it already, they belong inside: "
                + "headgate serve --desk kite.",
            "headgate desk run",
            "headgate desk run stock onemin",
            "headgate desk run stock --once",
            "headgate desk run --demo",
            "headgate desk run fleet --demo",
            "headgate desk run collector --once",
            "headgate desk run kite fleet")
            .With(names, once, demo, tape.Tape, tape.At, config.Option, catalogue, data, corrupt)
            .Does(async (parsed, cancellation) =>
            {
                var chosen = LiveSystems.Choose(parsed.GetValue(names) is { Length: > 0 } some ? some : [Default]);
                var isEmulated = parsed.GetValue(demo) || parsed.GetValue(tape.Tape) is { Length: > 0 };
                tape.Check(parsed, isEmulated);
                var settings = new ServeSettings(
                    parsed.GetValue(data)!, config.Find(parsed), CatalogueOption.Paths(parsed.GetValue(catalogue)), isEmulated ? tape.LoadForDesk(parsed) : null, parsed.GetValue(corrupt))
                {
                    Desk = chosen,
                };
                if (DataDirectory.FindOwner(settings.Place.FullName) is { } owner)
                {
                    throw new CommandFailure(
                        $"a gate runs on the data directory {settings.Place.FullName} already ({owner}). Run the desk inside it, by starting it with: headgate serve {Inside(chosen)}; or choose another --data-dir.",
                        ExitCode.InUse);
                }

                return await RunAsync(settings, parsed.GetValue(once), parsed.InvocationConfiguration, cancellation);
            });
    }

    private static string Inside(IEnumerable<LiveChoice> chosen) => string.Join(' ', chosen.Select(static choice => $"--desk {choice.System.Name}"));

    private static async Task<int> RunAsync(ServeSettings settings, bool once, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            await using var gate = await GateCore.StartAsync(settings, console.Error, cancellation);
            await using var desk = await LiveDesk.StartAsync(gate, settings.Market, settings.Desk, console.Output, cancellation);
            await console.Output.WriteLineAsync($"{string.Join("; ", settings.Desk)}; files in {gate.Directory.Root}");
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
