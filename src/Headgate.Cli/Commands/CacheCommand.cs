using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>What the gate holds.</summary>
internal static class CacheCommand
{
    public static Command Build() => new("cache", "Look at what the gate holds, remove it, carry it out or fetch it ahead.")
    {
        List(), Show(), Remove(), Prune(), Export(), Warm(),
    };

    private static Command List()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var (scope, contains) = (Scope(isRequired: false), Contains());
        var max = new Option<int>("--max") { HelpName = "N", Description = "Entries at most, 1 to 10000. Default: 100.", DefaultValueFactory = _ => 100 };
        return new GateCommand(
            "ls",
            "List entries, newest first, and candle series with the span they cover.",
            "headgate cache ls",
            "headgate cache ls kite.quote --max 20",
            "headgate cache ls coinbase --contains BTC-USD --json")
            .With(scope, contains, max, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.With(GateApi.Cache, ("scope", parsed.GetValue(scope)), ("contains", parsed.GetValue(contains)), ("max", parsed.GetValue(max)));
                return await PrintAsync(parsed, json, await gate.GetAsync(path, cancellation), PrintList);
            });
    }

    private static Command Show()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var (scope, item) = (Scope(isRequired: true), Item(isRequired: true));
        return new GateCommand(
            "show",
            "Show one entry with its body, or one candle series with its rows. What is one account's own is withheld.",
            "headgate cache show kite.quote NSE:INFY",
            "headgate cache show coinbase.ticker /products/BTC-USD/ticker --json")
            .With(scope, item, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.With($"{GateApi.Cache}/entry", ("endpoint", parsed.GetValue(scope)), ("item", parsed.GetValue(item)));
                return await PrintAsync(parsed, json, await gate.GetAsync(path, cancellation), PrintEntry);
            });
    }

    private static Command Remove()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var (scope, item, contains) = (Scope(isRequired: true), Item(isRequired: false), Contains());
        return new GateCommand(
            "rm",
            "Remove entries and candle series of a provider or endpoint, durably; * is all of them.",
            "headgate cache rm kite.quote NSE:INFY",
            "headgate cache rm kite",
            "headgate cache rm coinbase --contains BTC-USD --json")
            .With(scope, item, contains, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.With(
                    GateApi.Cache, ("scope", parsed.GetValue(scope)), ("item", parsed.GetValue(item)), ("contains", parsed.GetValue(contains)));
                return await PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Delete, path, body: null, cancellation), PrintRemoved);
            });
    }

    private static Command Prune()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var older = new Option<double?>("--older-than") { HelpName = "SECONDS", Description = "Remove what is older. Default: remove what may not be served any more, not even stale." };
        return new GateCommand(
            "prune",
            "Remove what is too old to be of use.",
            "headgate cache prune",
            "headgate cache prune --older-than 86400 --json")
            .With(older, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                var path = GateApi.With(GateApi.Prune, ("olderThanSeconds", parsed.GetValue(older)));
                return await PrintAsync(parsed, json, await gate.SendAsync(HttpMethod.Post, path, body: null, cancellation), PrintRemoved);
            });
    }

    private static Command Export()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var (scope, contains) = (Scope(isRequired: false), Contains());
        return new GateCommand(
            "export",
            "Write entries with their bodies as JSON lines to standard output, with --json and without. Bodies of one account's own are withheld.",
            "headgate cache export kite",
            "headgate cache export --json")
            .With(scope, contains, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                using var gate = connection.Connect(parsed);
                await using var output = Console.OpenStandardOutput();
                await gate.CopyAsync(GateApi.With($"{GateApi.Cache}/export", ("scope", parsed.GetValue(scope)), ("contains", parsed.GetValue(contains))), output, cancellation);
                return ExitCode.Ok;
            });
    }

    private static Command Warm()
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        var targets = new Argument<string[]>("target") { Description = "What to fetch, as kite/quote?i=NSE:INFY.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<FileInfo?>("--file") { HelpName = "FILE", Description = "A file with one target per line; # starts a comment." };
        return new GateCommand(
            "warm",
            "Fetch what is not held fresh, at the lowest urgency, with the gate's own secrets or none. Exit code 1 when a target was refused.",
            "headgate cache warm kite/quote?i=NSE:INFY&i=NSE:TCS",
            "headgate cache warm --file watchlist.txt --json")
            .With(targets, file, connection.Url, connection.DataDirectory, json)
            .Does(async (parsed, cancellation) =>
            {
                List<string> all = [.. parsed.GetValue(targets)!, .. await LinesAsync(parsed.GetValue(file), cancellation)];
                if (all.Count == 0)
                {
                    throw new CommandFailure("name at least one target, as kite/quote?i=NSE:INFY, or a --file of them", ExitCode.Usage);
                }

                using var gate = connection.Connect(parsed);
                var answer = await gate.SendAsync(HttpMethod.Post, GateApi.Warm, new { targets = all }, cancellation);
                await PrintAsync(parsed, json, answer, PrintWarmed);
                return answer.GetProperty("results").EnumerateArray().Any(result => result.GetProperty("result").GetString() is "refused") ? ExitCode.Failure : ExitCode.Ok;
            });
    }

    private static async Task<IEnumerable<string>> LinesAsync(FileInfo? file, CancellationToken cancellation)
    {
        try
        {
            return file is null
                ? []
                : (await File.ReadAllLinesAsync(file.FullName, cancellation)).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);
        }
        catch (IOException problem)
        {
            throw new CommandFailure($"--file {file!.FullName} cannot be read: {problem.Message}", ExitCode.Usage, problem);
        }
    }

    private static async Task<int> PrintAsync(ParseResult parsed, Option<bool> json, JsonElement answer, Action<JsonElement, TextWriter> print)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json))
        {
            await output.WriteLineAsync(Plain.Json(answer));
        }
        else
        {
            print(answer, output);
        }

        return ExitCode.Ok;
    }

    private static void PrintList(JsonElement answer, TextWriter output)
    {
        var table = Tables.New("endpoint", "item", "age", "bytes", "status", "owner");
        foreach (var entry in answer.GetProperty("entries").EnumerateArray())
        {
            Tables.AddRow(
                table, entry.GetProperty("endpoint").GetString(), entry.GetProperty("item").GetString(), Plain.Span(TimeSpan.FromSeconds(entry.GetProperty("ageSeconds").GetDouble())),
                entry.GetProperty("bytes"), entry.GetProperty("status"), entry.TryGetProperty("owner", out var owner) ? owner.GetString() : null);
        }

        Tables.On(output).Write(table);
        SeriesText.List(answer, output);
        if (answer.GetProperty("more").GetBoolean())
        {
            output.WriteLine("There are more; see --max.");
        }
    }

    private static void PrintEntry(JsonElement entry, TextWriter output)
    {
        foreach (var member in entry.EnumerateObject().Where(member => member.Name is not ("body" or "bodyBase64")))
        {
            output.WriteLine($"{member.Name,-14} {member.Value}");
        }

        if (entry.TryGetProperty("body", out var body) || entry.TryGetProperty("bodyBase64", out body))
        {
            output.WriteLine();
            output.WriteLine(body.GetString());
        }
    }

    private static void PrintRemoved(JsonElement answer, TextWriter output) => output.WriteLine(SeriesText.Removed(answer));

    private static void PrintWarmed(JsonElement answer, TextWriter output)
    {
        foreach (var result in answer.GetProperty("results").EnumerateArray())
        {
            output.WriteLine($"{result.GetProperty("result").GetString(),-8} {result.GetProperty("target").GetString()}{(result.TryGetProperty("detail", out var detail) ? $"  ({detail.GetString()})" : "")}");
        }
    }

    private static Argument<string?> Scope(bool isRequired) => new("scope")
    {
        Description = "A provider or an endpoint, as kite or kite.quote.",
        Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    private static Argument<string?> Item(bool isRequired) => new("item")
    {
        Description = "One item exactly, as `headgate cache ls` names it.",
        Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    private static Option<string?> Contains() => new("--contains") { HelpName = "TEXT", Description = "Only items whose name contains this." };
}
