using System.CommandLine;
using Headgate.Cli.Api;
using Headgate.Cli.Demo;
using Headgate.Cli.Monitoring;
using Headgate.Cli.Output;
using Headgate.Cli.Serving;
using Headgate.Cli.Twins;

namespace Headgate.Cli.Commands;

/// <summary>Runs the gate.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var data = CommonOptions.DataDirectory();
        var tape = new TapeOptions();
        var demo = new Option<bool>("--demo")
        {
            Description = "Ask an emulated Kite Connect instead of the real one, and let a small fleet of bots poll it through the gate; shows what is saved. "
                + "Calls no real upstream, and keeps what it makes up apart, in demo below the data directory, until the next demo.",
        };
        var config = new ConfigOption();
        var catalogue = CatalogueOption.Create();
        var corrupt = new Option<bool>("--accept-corrupt-ledger")
        {
            Description = "Start although the ledger of what was spent is corrupt: it is moved aside, and upstream calls are refused until every window it knew of is over.",
        };
        var offline = new Option<bool>("--offline") { Description = "Call no upstream: serve what is held, as stale as each endpoint allows, and refuse the rest." };
        var record = new Option<string?>("--record-demand")
        {
            HelpName = "FILE",
            Description = "Append every safe read that is asked to this file, without credentials, for headgate plan.",
        };
        var desk = new Option<string[]>("--desk")
        {
            HelpName = "NAME",
            Description = $"Run a system of the desk inside the gate ({string.Join(", ", LiveSystems.Names)}); may be given several times. They share its engine, budgets and records; "
                + "with --demo or --tape they ask emulated upstreams.",
        };
        desk.AcceptOnlyFromAmong([.. LiveSystems.Names]);
        var json = new Option<bool>("--json")
        {
            Description = "Print JSON for programs: one line when the gate listens, and the demo's figures a line each; what a desk tells people goes to standard error.",
        };
        return new GateCommand(
            "serve",
            "Run the gate on one data directory until stopped (SIGINT or SIGTERM; everything is flushed). Listens on HEADGATE_URL, default http://127.0.0.1:7070.",
            "headgate serve --demo",
            "headgate serve --demo --tape recorded-day.csv.gz",
            "headgate serve --desk kite",
            "headgate serve --demo --desk kite --desk fleet",
            "headgate serve --offline",
            "headgate serve --data-dir /var/lib/headgate --config headgate.yaml",
            "headgate serve --demo --json")
            .With(demo, tape.Tape, tape.At, desk, config.Option, catalogue, data, corrupt, offline, record, json)
            .Does(async (parsed, cancellation) =>
            {
                var emulated = parsed.GetValue(demo) || parsed.GetValue(tape.Tape) is { Length: > 0 };
                tape.Check(parsed, emulated);
                var chosen = LiveSystems.Choose(parsed.GetValue(desk) ?? []);
                var settings = new ServeSettings(
                    parsed.GetValue(data)!,
                    config.Find(parsed),
                    CatalogueOption.Paths(parsed.GetValue(catalogue)),
                    emulated ? chosen.Count > 0 ? tape.LoadForDesk(parsed) : tape.Load(parsed) : null,
                    parsed.GetValue(corrupt))
                {
                    Offline = parsed.GetValue(offline),
                    RecordDemand = parsed.GetValue(record),
                    Desk = chosen,
                };
                return await RunAsync(settings, parsed.GetValue(demo), parsed.GetValue(json), parsed.InvocationConfiguration, cancellation);
            });
    }

    private static async Task<int> RunAsync(ServeSettings settings, bool demo, bool json, InvocationConfiguration console, CancellationToken cancellation)
    {
        await using var gate = await RunningGate.StartAsync(settings, json ? console.Error : console.Output, console.Error, cancellation);
        await console.Output.WriteLineAsync(json ? StartTelling.Json(gate) : StartTelling.Text(gate, settings));
        await console.Output.FlushAsync(CancellationToken.None);
        // A desk takes the place of the demo's bots.
        await (gate.Desk is { } desk ? desk.RunAsync(cancellation) : demo ? DemoAsync(gate, settings.Market!, json, console, cancellation) : UntilStoppedAsync(cancellation));
        return ExitCode.Ok;
    }

    private static async Task DemoAsync(RunningGate gate, Market market, bool json, InvocationConfiguration console, CancellationToken cancellation)
    {
        using var client = new GateClient(gate.Listeners[0].Url);
        var screen = new DemoScreen(gate.Engine.Stats, () => gate.Emulated.HostOf("kite")!.Twin.Counters.Violations, TimeProvider.System, json);
        await Task.WhenAll(
            DemoFleet.RunAsync(DemoFleet.Over(market.KiteInstruments), client, TimeProvider.System, cancellation),
            screen.RunAsync(Tables.On(console.Output), console.Output, cancellation));
    }

    private static async Task UntilStoppedAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Stopped as asked.
        }
    }
}
