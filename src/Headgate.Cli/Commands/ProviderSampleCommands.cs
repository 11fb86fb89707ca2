using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Catalogue;
using Headgate.Cli.Output;
using Spectre.Console;

namespace Headgate.Cli.Commands;

/// <summary>Writing a provider definition from samples, and checking one with them.</summary>
internal static partial class ProviderSampleCommands
{
    public static Command New()
    {
        var name = new Argument<string>("name") { Description = "The provider's name: lower-case letters, digits and dashes." };
        var samples = Samples();
        var file = new Option<FileInfo?>("--out") { HelpName = "FILE", Description = "Write the definition there, a file that does not exist yet. Default: standard output." };
        return new GateCommand(
            "new",
            "Write a first definition from sample requests and responses: endpoints, batches, soft errors, with every guess marked.",
            "headgate provider new weather --samples samples/",
            "headgate provider new weather --samples samples/ --out weather.yaml")
            .With(name, samples, file)
            .Does(async (parsed, cancellation) =>
            {
                try
                {
                    var yaml = DefinitionDraft.Write(parsed.GetRequiredValue(name), Read(parsed.GetRequiredValue(samples)));
                    if (parsed.GetValue(file) is not { } target)
                    {
                        await parsed.InvocationConfiguration.Output.WriteAsync(yaml);
                        return ExitCode.Ok;
                    }

                    await using var stream = new FileStream(target.FullName, FileMode.CreateNew);
                    await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(yaml), cancellation);
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"{target} is written; next: headgate provider check {target} --samples {parsed.GetRequiredValue(samples)}");
                    return ExitCode.Ok;
                }
                catch (CatalogueException wrong)
                {
                    return await TellAsync(parsed, wrong.Errors);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    throw new CommandFailure($"{exception.Message} Name another --out.", inner: exception);
                }
            });
    }

    public static Command Check()
    {
        var file = new Argument<FileInfo>("file") { Description = "A definition, as it would be given to serve --catalogue." };
        var samples = Samples();
        var json = CommonOptions.Json();
        return new GateCommand(
            "check",
            "Show how each sample is matched, split and classified by a definition, with the code that serves.",
            "headgate provider check weather.yaml --samples samples/",
            "headgate provider check weather.yaml --samples samples/ --json")
            .With(file, samples, json)
            .Does(async (parsed, _) =>
            {
                try
                {
                    var provider = Load(parsed.GetRequiredValue(file));
                    var verdicts = Read(parsed.GetRequiredValue(samples)).Select(sample => SampleCheck.Check(provider, sample, DateTimeOffset.UtcNow)).ToList();
                    await ShowAsync(parsed, verdicts, parsed.GetValue(json));
                    return await TellAsync(parsed, [.. verdicts.Where(verdict => verdict.Problem is not null).Select(verdict => new CatalogueError(verdict.File, 1, $"{verdict.Sample}: {verdict.Problem}"))]);
                }
                catch (CatalogueException wrong)
                {
                    return await TellAsync(parsed, wrong.Errors);
                }
            });
    }

    private static Option<DirectoryInfo> Samples() => new("--samples")
    {
        HelpName = "DIR",
        Required = true,
        Description = "Directory of NAME.request.txt (request line and headers) beside NAME.response.json, .csv or .txt (NAME.response.429.json for another status than 200, or as curl -i writes it).",
    };

    private static IReadOnlyList<ProviderSample> Read(DirectoryInfo directory)
    {
        try
        {
            return SampleFolder.Read(directory.FullName);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new CommandFailure($"there is no directory {directory}; name one with --samples", ExitCode.NotFound, missing);
        }
    }

    private static ProviderModel Load(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new CommandFailure($"there is no file {file}", ExitCode.NotFound);
        }

        var text = File.ReadAllText(file.FullName);
        var catalogue = CatalogueLoader.LoadShipped([new CatalogueFile(file.Name, text)], Environment.GetEnvironmentVariable);
        return catalogue.Find(ProviderLine().Match(text).Groups["name"].ValueSpan)
            ?? throw new CatalogueException([new CatalogueError(file.Name, 1, "provider is missing; expected provider: NAME")]);
    }

    private static async Task ShowAsync(ParseResult parsed, IReadOnlyList<SampleVerdict> verdicts, bool asJson)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (asJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(verdicts, Camel));
            return;
        }

        var table = Tables.New("sample", "endpoint", "items", "split", "outcome", "spends");
        foreach (var verdict in verdicts)
        {
            var split = verdict.Items.Count == 0 || verdict.Outcome is not "success" ? "-" : $"{verdict.Found.Count} of {verdict.Items.Count}";
            Tables.AddRow(table, verdict.Sample, verdict.Endpoint, verdict.Items.Count == 0 ? "whole" : string.Join(", ", verdict.Items), split, verdict.Outcome ?? "-", string.Join(", ", verdict.Spends));
        }

        Tables.On(output).Write(table);
    }

    private static async Task<int> TellAsync(ParseResult parsed, IReadOnlyList<CatalogueError> errors)
    {
        foreach (var error in errors)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(error.ToString());
        }

        return errors.Count == 0 ? ExitCode.Ok : ExitCode.Failure;
    }

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [GeneratedRegex(@"^provider:\s*(?<name>[a-z][a-z0-9-]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ProviderLine();
}
