using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>Asks through the running gate and tells how the answer came about.</summary>
internal static class CallCommand
{
    // What tells how an answer came about, in the order it is read.
    private static readonly string[] Telling =
        ["Cache-Status", "Age", "Headgate-As-Of", "RateLimit", "RateLimit-Policy", "Retry-After", "Content-Type", "ETag"];

    public static Command Build()
    {
        var connection = new ConnectionOptions();
        var json = CommonOptions.Json();
        var target = new Argument<string>("provider/target") { Description = "What to ask, as coinbase/products/BTC-USD/ticker." };
        var header = new Option<string[]>("--header", "-H") { HelpName = "NAME: VALUE", Description = "A request header (may be given several times); credentials go here and are not printed." };
        return new GateCommand(
            "call",
            "Ask through the running gate and explain the answer: status, Cache-Status, age, limits, and every decision. Exit code 1 when the answer is no success.",
            "headgate call coinbase/products/BTC-USD/ticker",
            "headgate call 'kite/quote?i=NSE:INFY' -H Cache-Control:max-age=60",
            "headgate call 'kite/quote?i=NSE:INFY' --json")
            .With(target, header, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                var headers = (parsed.GetValue(header) ?? []).Select(Read).Prepend(KeyValuePair.Create("Headgate-Client", "headgate-call")).ToList();
                using var gate = connection.Connect(parsed);
                var answer = await gate.CallAsync("/" + parsed.GetValue(target)!.TrimStart('/'), headers, cancellation);
                using var asking = connection.Connect(parsed);
                var steps = answer.Header("Headgate-Request-Id") is { } id ? await StepsAsync(asking, id, cancellation) : null;
                var output = parsed.InvocationConfiguration.Output;
                await (parsed.GetValue(json) ? output.WriteLineAsync(Json(answer, steps)) : PrintAsync(output, answer, steps));
                return answer.Status is >= 200 and < 400 ? ExitCode.Ok : ExitCode.Failure;
            });
    }

    private static KeyValuePair<string, string> Read(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0
            ? KeyValuePair.Create(text[..colon].Trim(), text[(colon + 1)..].Trim())
            : throw new CommandFailure($"--header {text} has no colon; expected for example -H \"Cache-Control: max-age=60\"", ExitCode.Usage);
    }

    private static async Task<JsonElement?> StepsAsync(GateClient gate, string requestId, CancellationToken cancellation)
    {
        try
        {
            return await gate.GetAsync(GateApi.Explain(requestId), cancellation);
        }
        catch (CommandFailure)
        {
            // The answer stands without its explanation: an admin token may be needed for that, or it was pushed out already.
            return null;
        }
    }

    private static async Task PrintAsync(TextWriter output, GateAnswer answer, JsonElement? explanation)
    {
        await output.WriteLineAsync($"status           {answer.Status}");
        foreach (var name in Telling)
        {
            if (answer.Header(name) is { } value)
            {
                await output.WriteLineAsync($"{name.ToLowerInvariant(),-16} {value}");
            }
        }

        if (explanation is { } told)
        {
            foreach (var step in told.GetProperty("steps").EnumerateArray())
            {
                await output.WriteLineAsync($"{step.GetProperty("decision").GetString(),-16} {step.GetProperty("detail").GetString()}");
            }
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(answer.Body);
    }

    private static string Json(GateAnswer answer, JsonElement? explanation) => Plain.Json(JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["status"] = answer.Status,
        ["headers"] = answer.Headers.Select(header => new { name = header.Key, value = header.Value }),
        ["cacheStatus"] = answer.Header("Cache-Status"),
        ["ageSeconds"] = long.TryParse(answer.Header("Age"), out var age) ? age : null,
        ["explanation"] = explanation,
        ["body"] = answer.Body,
    }));
}
