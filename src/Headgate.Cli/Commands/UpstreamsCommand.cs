using System.CommandLine;
using System.Net;
using System.Text.Json;
using Headgate.Cli.Output;
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
        var names = new Argument<string[]>("NAME")
        {
            Description = $"Which ones, of {string.Join(", ", TwinShelf.Names)}. Default: all of them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
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
                + "(GET counters, GET arrivals, GET|POST|DELETE faults, POST reset). They take the key 'demo'; Questrade's first refresh token is refresh-0.",
            "headgate upstreams",
            "headgate upstreams questrade yahoo",
            "headgate upstreams kite --port 0 --json",
            "headgate upstreams kite --at 2026-11-21T12:00:00+05:30")
            .With(names, port, account, tape.Tape, tape.At, json)
            .Does(async (parsed, cancellation) =>
            {
                var wanted = parsed.GetValue(names) is { Length: > 0 } some ? some.Distinct(StringComparer.Ordinal).ToList() : TwinShelf.Names;
                var market = tape.Load(parsed);
                KiteAccount[] accounts = [.. (parsed.GetValue(account) ?? []).Select(Account)];
                await using var hosts = new TwinHosts();
                var first = FirstPort(parsed.GetValue(port), wanted.Count);
                foreach (var name in wanted)
                {
                    var (twin, clock) = TwinShelf.Take(name, market, accounts);
                    hosts.Add(await StartAsync(twin, clock, first == 0 ? 0 : first + hosts.All.Count, cancellation));
                }

                await PrintAsync(parsed.InvocationConfiguration.Output, hosts.All, parsed.GetValue(json));
                await UntilStoppedAsync(cancellation);
                return ExitCode.Ok;
            });
    }

    private static int FirstPort(int port, int count) => port >= 0 && port + count - 1 <= IPEndPoint.MaxPort
        ? port
        : throw new CommandFailure($"--port {port} leaves no room for {count} upstreams; expected 0 for free ports, or 1 to {IPEndPoint.MaxPort - count + 1}", ExitCode.Usage);

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
            throw new CommandFailure($"port {port} for {twin.Name} cannot be had ({problem.Message}); choose another with --port", ExitCode.Failure, problem);
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
            var table = Tables.New("upstream", "URL", "set for the gate");
            foreach (var host in hosts)
            {
                var variable = host.Twin.Name.ToUpperInvariant().Replace('-', '_');
                Tables.AddRow(table, host.Twin.Name, host.Address.ToString(), $"HEADGATE_PROVIDERS__{variable}__BASEURL={host.Address.GetLeftPart(UriPartial.Authority)}");
            }

            Tables.On(output).Write(table);
            await output.WriteLineAsync("What arrived, and which limits it broke: URL + _twin/counters");
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
