using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Twins;
using Headgate.Upstreams;
using Headgate.Upstreams.Hosting;
using Headgate.Upstreams.Kite;

namespace Headgate.Cli.Commands;

/// <summary>Hosts the emulated upstreams for whoever wants to test against them.</summary>
internal static class UpstreamsCommand
{
    public static Command Build()
    {
        var tape = new TapeOptions();
        var port = new Option<int>("--port")
        {
            HelpName = "PORT",
            Description = "Port of the first upstream, the others follow; 0 takes free ones. Default: 7081.",
            DefaultValueFactory = _ => 7081,
        };
        var account = new Option<string[]>("--account")
        {
            HelpName = "KEY:TOKEN",
            Description = "A Kite account that may log in, by api key and access token (may be given several times). Default: demo:demo-access.",
        };
        var json = CommonOptions.Json();
        return new GateCommand(
            "upstreams",
            "Host the emulated upstreams on loopback ports until stopped: strict about limits, steered and counted under /_twin/ "
                + "(GET counters, GET arrivals, GET|POST|DELETE faults, POST reset).",
            "headgate upstreams",
            "headgate upstreams --port 0 --json",
            "headgate upstreams --at 2026-11-21T12:00:00+05:30")
            .With(port, account, tape.Tape, tape.At, json)
            .Does(async (parsed, cancellation) =>
            {
                var market = tape.Load(parsed);
                await using var host = await StartAsync(Kite(market, parsed.GetValue(account) ?? []), market.Clock, parsed.GetValue(port), cancellation);
                await PrintAsync(parsed.InvocationConfiguration.Output, [host], parsed.GetValue(json));
                await UntilStoppedAsync(cancellation);
                return ExitCode.Ok;
            });
    }

    private static KiteTwin Kite(Market market, string[] accounts) =>
        new(accounts.Length == 0 ? new KiteOptions(market.Tape) : new KiteOptions(market.Tape) { Accounts = [.. accounts.Select(Account)] });

    private static KiteAccount Account(string text, int index)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1
            ? new KiteAccount(text[..colon], text[(colon + 1)..], $"DM{index + 1:0000}")
            : throw new CommandFailure("--account expects an api key and an access token, as demo:demo-access", ExitCode.Usage);
    }

    private static async Task<TwinHost> StartAsync(ITwin twin, TimeProvider clock, int port, CancellationToken cancellation)
    {
        try
        {
            return await TwinHost.StartAsync(twin, clock, new TwinHostOptions { Port = port }, cancellation);
        }
        catch (IOException problem)
        {
            throw new CommandFailure($"port {port} for {twin.Name} is taken ({problem.Message}); choose another with --port", ExitCode.Failure, problem);
        }
    }

    private static async Task PrintAsync(TextWriter output, IReadOnlyList<TwinHost> hosts, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(hosts.ToDictionary(host => host.Twin.Name, host => host.Address.ToString(), StringComparer.Ordinal)));
        }
        else
        {
            foreach (var host in hosts)
            {
                await output.WriteLineAsync($"{host.Twin.Name,-12} {host.Address}   counters: {host.Address}_twin/counters");
            }
        }

        await output.FlushAsync();
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
