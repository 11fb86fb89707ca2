using System.CommandLine;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>Switches what the gate does, without a restart and across restarts.</summary>
internal static class ModeCommand
{
    private static readonly string[] Modes = ["on", "shadow", "bypass"];

    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var scope = new Argument<string?>("scope")
        {
            Description = "gate, provider/NAME (or just the name), limit/PROVIDER.LIMIT or client/NAME. Default for a mode alone: gate.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var mode = new Argument<string?>("mode")
        {
            Description = "on: the gate's whole work. shadow: observe and report what it would do. bypass: neither cache nor merge, keep the limits. unset: take the scope's mode back.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new GateCommand(
            "mode",
            "Show every mode in force, or set the mode of a scope; survives restarts.",
            "headgate mode",
            "headgate mode bypass",
            "headgate mode kite shadow",
            "headgate mode limit/kite.quote bypass --json",
            "headgate mode client/stock_monitor unset")
            .With(scope, mode, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                var (named, wanted) = Read(parsed.GetValue(scope), parsed.GetValue(mode));
                using var gate = connection.Connect(parsed);
                var answer = wanted is null && named is null
                    ? await gate.GetAsync(GateApi.Mode, cancellation)
                    : await gate.SendAsync(HttpMethod.Put, GateApi.Mode, new { scope = named, mode = wanted is "unset" ? null : wanted }, cancellation);
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(json))
                {
                    await output.WriteLineAsync(Plain.Json(answer));
                    return ExitCode.Ok;
                }

                foreach (var view in answer.EnumerateArray())
                {
                    await output.WriteLineAsync($"{view.GetProperty("scope").GetString(),-32} {view.GetProperty("mode").GetString(),-8} {view.GetProperty("source").GetString()}");
                }

                return ExitCode.Ok;
            });
    }

    private static (string? Scope, string? Mode) Read(string? scope, string? mode)
    {
        if (mode is null && scope is not null && IsMode(scope))
        {
            return ("gate", scope.ToLowerInvariant());
        }

        if (scope is not null && (mode is null || !IsMode(mode)))
        {
            throw new CommandFailure($"{(mode is null ? $"{scope} is no mode" : $"{mode} is no mode")}; expected on, shadow, bypass or unset", ExitCode.Usage);
        }

        return (scope is null || scope.Contains('/') || string.Equals(scope, "gate", StringComparison.OrdinalIgnoreCase) ? scope : $"provider/{scope}", mode?.ToLowerInvariant());
    }

    private static bool IsMode(string text) => Modes.Append("unset").Contains(text, StringComparer.OrdinalIgnoreCase);
}
