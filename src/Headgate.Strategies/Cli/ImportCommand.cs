using System.CommandLine;
using Headgate.Strategies.Store;
using Headgate.Strategies.Store.Import;
using Spectre.Console;

namespace Headgate.Strategies.Cli;

/// <summary>headgate import bhavcopy|spot|expiries|ranges|demo.</summary>
public static class ImportCommand
{
    private delegate ImportReport Import(Importer importer, string path, ImportOptions options, IProgress<ImportProgress> progress, CancellationToken cancellation);

    public static Command Create(CliContext context)
    {
        var options = new CommonOptions(context);
        var command = new Command("import", "Bring daily market data into the store; whole files, resumable");
        command.Subcommands.Add(Kind(options, "bhavcopy", "NSE F&O bhavcopy: UDiFF, older or cleaned layout; .csv, .gz, .zip; a file or a folder", (i, p, o, r, c) => i.Bhavcopy(p, o, r, c)));
        command.Subcommands.Add(Spot(options));
        command.Subcommands.Add(Kind(options, "expiries", "Expiry calendars: SYMBOL.csv and SYMBOL_Monthly.csv", (i, p, o, r, c) => i.Expiries(p, o, r, c)));
        command.Subcommands.Add(Kind(options, "ranges", "Base ranges: Start, End", (i, p, o, r, c) => i.Ranges(p, o, r, c)));
        command.Subcommands.Add(Demo(options));
        return command;
    }

    private static Command Kind(CommonOptions common, string name, string description, Import import)
    {
        var path = new Argument<string>("path") { Description = "File or folder" };
        var switches = new ImportSwitches();
        return common.Command(
            name, description, (parsed, cancellation) => Task.FromResult(Run(common, parsed, switches.Read(parsed), parsed.GetValue(path)!, import, cancellation)), [path, .. switches.All]);
    }

    private static Command Spot(CommonOptions common)
    {
        var path = new Argument<string?>("path") { Description = "File or folder", Arity = ArgumentArity.ZeroOrOne };
        var fromBhavcopy = new Option<string?>("--from-bhavcopy") { Description = "Take this symbol's closes from the imported UDiFF files instead" };
        var switches = new ImportSwitches();
        return common.Command(
            "spot", "Spot series: Ticker, Date, Close",
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(fromBhavcopy) is { } symbol)
                {
                    return Task.FromResult(FromSheets(common, parsed, symbol));
                }

                var file = parsed.GetValue(path) ?? throw new CliException(ExitCode.Usage, "name a file or folder, or use --from-bhavcopy SYMBOL");
                return Task.FromResult(Run(common, parsed, switches.Read(parsed), file, (i, p, o, r, c) => i.Spot(p, o, r, c), cancellation));
            },
            [path, fromBhavcopy, .. switches.All]);
    }

    private static int FromSheets(CommonOptions common, ParseResult parsed, string symbol)
    {
        using var store = BhavcopyStore.Open(Path.Combine(common.StrategyFolder(parsed), "bhavcopy.db"));
        var added = new Importer(store, common.Context.Time).SpotFromSheets(symbol);
        common.Context.Output.WriteLine($"{added} days of {symbol} added to the spot series");
        return store.Days(symbol).Count > 0 ? ExitCode.Success : throw new CliException(ExitCode.NotFound, $"no bhavcopy of {symbol} is imported");
    }

    private static Command Demo(CommonOptions common)
    {
        var days = new Option<int>("--days") { Description = "Trading days, 30 to 2000", DefaultValueFactory = _ => 250 };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same data", DefaultValueFactory = _ => 1 };
        return common.Command(
            "demo", "Generate SYNTHETIC data and import it, to try strategies without any data of your own",
            (parsed, cancellation) =>
            {
                if (parsed.GetValue(days) is < 30 or > 2000)
                {
                    throw new CliException(ExitCode.Usage, "--days must be 30 to 2000");
                }

                var folder = Path.Combine(common.StrategyFolder(parsed), "demo");
                DemoData.Write(folder, parsed.GetValue(days), parsed.GetValue(seed));
                var options = ImportOptions.Default;
                var code = Tell(
                    common, parsed,
                    [
                        Take(common, parsed, options, Path.Combine(folder, "bhavcopy"), (i, p, o, r, c) => i.Bhavcopy(p, o, r, c), cancellation),
                        Take(common, parsed, options, Path.Combine(folder, $"{DemoData.Label}_spot.csv"), (i, p, o, r, c) => i.Spot(p, o, r, c), cancellation),
                        Take(common, parsed, options with { Name = "demo" }, Path.Combine(folder, $"{DemoData.Label}_ranges.csv"), (i, p, o, r, c) => i.Ranges(p, o, r, c), cancellation),
                    ]);
                common.Context.Error.WriteLine("The data is SYNTHETIC. Try: headgate strategy run call_sell_future_buy_weekly -p filter=demo -p call_sell_position=1");
                return Task.FromResult(code);
            },
            days, seed);
    }

    private static int Run(CommonOptions common, ParseResult parsed, ImportOptions options, string path, Import import, CancellationToken cancellation) =>
        Tell(common, parsed, [Take(common, parsed, options, path, import, cancellation)]);

    private static ImportReport Take(CommonOptions common, ParseResult parsed, ImportOptions options, string path, Import import, CancellationToken cancellation)
    {
        using var store = BhavcopyStore.Open(Path.Combine(common.StrategyFolder(parsed), "bhavcopy.db"));
        var importer = new Importer(store, common.Context.Time);
        return parsed.GetValue(common.Json)
            ? import(importer, path, options, new NoProgress(), cancellation)
            : WithBar(common.Context.Output, progress => import(importer, path, options, progress, cancellation));
    }

    private static int Tell(CommonOptions common, ParseResult parsed, IEnumerable<ImportReport> reports)
    {
        var report = new ImportReport([.. reports.SelectMany(static one => one.Files)]);
        if (parsed.GetValue(common.Json))
        {
            common.Context.Output.WriteJson(report);
        }
        else
        {
            Print(common.Context, report);
        }

        return report.Succeeded ? ExitCode.Success : ExitCode.Failed;
    }

    private static ImportReport WithBar(IAnsiConsole console, Func<IProgress<ImportProgress>, ImportReport> import) =>
        console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            var task = context.AddTask("importing");
            return import(new BarProgress(task));
        });

    private static void Print(CliContext context, ImportReport report)
    {
        foreach (var file in report.Files.Where(f => f.Error is not null || f.BadRowCount > 0))
        {
            context.Error.WriteLine(file.Error is null ? $"{file.File}: {file.BadRowCount} bad rows left out" : $"refused: {file.Error}");
            foreach (var row in file.BadRows.Take(10))
            {
                context.Error.WriteLine($"  {row}");
            }
        }

        context.Output.WriteLine($"{report.Imported} files imported, {report.AlreadyImported} already there, {report.Refused} refused; {report.Rows} rows, {report.BadRows} bad rows");
    }

    private sealed class NoProgress : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
        }
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            task.MaxValue = value.FilesTotal;
            task.Value = value.FilesDone;
            task.Description = Markup.Escape(value.File);
        }
    }
}
