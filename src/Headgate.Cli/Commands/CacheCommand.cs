using System.CommandLine;
using System.Text.Json;
using Headgate.Cli.Api;
using Headgate.Cli.Output;

namespace Headgate.Cli.Commands;

/// <summary>What the gate holds. Where no gate runs, all but <c>warm</c> work on the data directory's own files.</summary>
internal static class CacheCommand
{
    private delegate Task<JsonElement> Asking(ParseResult parsed, GateClient gate, CancellationToken cancellation);

    public static Command Build() => new("cache", "Look at what the gate holds, remove it, carry it out or fetch it ahead. Only warm needs a running gate.")
    {
        List(), Show(), Remove(), Prune(), Export(), Warm(),
    };

    private static Command List()
    {
        var (scope, contains) = (Scope(isRequired: false), Contains());
        var max = new Option<int>("--max") { HelpName = "N", Description = "Entries at most, 1 to 10000. Default: 100.", DefaultValueFactory = _ => 100 };
        max.Validators.Add(static given =>
        {
            if (given.Tokens is [var one] && int.TryParse(one.Value, out var count) && count is < 1 or > 10_000)
            {
                given.AddError($"--max {count} is not 1 to 10000");
            }
        });
        return Verb(
            "ls",
            "List entries, newest first, and candle series with the span they cover.",
            ["headgate cache ls", "headgate cache ls kite.quote --max 20", "headgate cache ls coinbase --contains BTC-USD --json"],
            [scope, contains, max],
            (parsed, gate, cancellation) => gate.GetAsync(
                GateApi.With(GateApi.Cache, ("scope", parsed.GetValue(scope)), ("contains", parsed.GetValue(contains)), ("max", parsed.GetValue(max))), cancellation),
            CacheText.List);
    }

    private static Command Show()
    {
        var (scope, item) = (Scope(isRequired: true), Item(isRequired: true));
        return Verb(
            "show",
            "Show one entry with its body, or one candle series with its rows. What is one account's own is withheld.",
            ["headgate cache show kite.quote NSE:INFY", "headgate cache show coinbase.ticker /products/BTC-USD/ticker --json"],
            [scope, item],
            (parsed, gate, cancellation) => gate.GetAsync(
                GateApi.With($"{GateApi.Cache}/entry", ("endpoint", parsed.GetValue(scope)), ("item", parsed.GetValue(item))), cancellation),
            CacheText.Entry);
    }

    private static Command Remove()
    {
        var (scope, item, contains) = (Scope(isRequired: true), Item(isRequired: false), Contains());
        return Verb(
            "rm",
            "Remove entries and candle series of a provider or endpoint, durably; * is all of them.",
            ["headgate cache rm kite.quote NSE:INFY", "headgate cache rm kite", "headgate cache rm coinbase --contains BTC-USD --json"],
            [scope, item, contains],
            (parsed, gate, cancellation) => gate.SendAsync(
                HttpMethod.Delete,
                GateApi.With(GateApi.Cache, ("scope", parsed.GetValue(scope)), ("item", parsed.GetValue(item)), ("contains", parsed.GetValue(contains))),
                body: null,
                cancellation),
            CacheText.Removed);
    }

    private static Command Prune()
    {
        var older = new Option<double?>("--older-than") { HelpName = "SECONDS", Description = "Remove what is older. Default: remove what may not be served any more, not even stale." };
        return Verb(
            "prune",
            "Remove what is too old to be of use.",
            ["headgate cache prune", "headgate cache prune --older-than 86400 --json"],
            [older],
            (parsed, gate, cancellation) => gate.SendAsync(
                HttpMethod.Post, GateApi.With(GateApi.Prune, ("olderThanSeconds", parsed.GetValue(older))), body: null, cancellation),
            CacheText.Removed);
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
                await using var gate = await connection.OpenAsync(parsed, cancellation);
                await using var output = Console.OpenStandardOutput();
                await gate.Client.CopyAsync(
                    GateApi.With($"{GateApi.Cache}/export", ("scope", parsed.GetValue(scope)), ("contains", parsed.GetValue(contains))), output, cancellation);
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
            "headgate cache warm 'kite/quote?i=NSE:INFY&i=NSE:TCS'",
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
                await PrintAsync(parsed, json, answer, CacheText.Warmed);
                return answer.GetProperty("results").EnumerateArray().Any(result => result.GetProperty("result").GetString() is "refused") ? ExitCode.Failure : ExitCode.Ok;
            });
    }

    /// <summary>A command that asks the gate, or its files, one thing and prints the answer.</summary>
    private static GateCommand Verb(string name, string description, string[] examples, Symbol[] own, Asking ask, Action<JsonElement, TextWriter> print)
    {
        var (connection, json) = (new ConnectionOptions(), CommonOptions.Json());
        return new GateCommand(name, description, examples)
            .With([.. own, connection.Url, connection.DataDirectory, json])
            .Does(async (parsed, cancellation) =>
            {
                await using var gate = await connection.OpenAsync(parsed, cancellation);
                await PrintAsync(parsed, json, await ask(parsed, gate.Client, cancellation), print);
                return ExitCode.Ok;
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

    private static async Task PrintAsync(ParseResult parsed, Option<bool> json, JsonElement answer, Action<JsonElement, TextWriter> print)
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
