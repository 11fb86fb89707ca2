using System.CommandLine;

namespace Headgate.Strategies.Cli;

/// <summary>Options every strategy command takes, and the frame that turns trouble into messages and exit codes.</summary>
internal sealed class CommonOptions(CliContext context)
{
    /// <summary>The platform's folder in the data directory.</summary>
    public const string Folder = "strategies";

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON instead of tables" };

    public Option<string> DataDir { get; } = new("--data-dir")
    {
        Description = "Data directory (HEADGATE_DATADIR)",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HEADGATE_DATADIR") ?? "data",
    };

    public Option<string?> Url { get; } = new("--url") { Description = "Address of a running gate. Default: the one its data directory names; the files are opened directly when none runs." };

    public CliContext Context => context;

    public Command Command(string name, string description, Func<ParseResult, CancellationToken, Task<int>> action, params Symbol[] parts)
    {
        var command = new Command(name, description);
        foreach (var part in parts.Append(Json).Append(DataDir))
        {
            switch (part)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
            }
        }

        command.SetAction((parsed, cancellation) => RunAsync(action, parsed, cancellation));
        return command;
    }

    public string StrategyFolder(ParseResult parsed) => Path.Combine(parsed.GetValue(DataDir)!, Folder);

    private async Task<int> RunAsync(Func<ParseResult, CancellationToken, Task<int>> action, ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            return await action(parsed, cancellation);
        }
        catch (CliException wrong)
        {
            return await TellAsync(parsed, wrong.Message, wrong.Code);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or InvalidDataException or Store.Import.ImportFileException)
        {
            return await TellAsync(parsed, trouble.Message, ExitCode.Failed);
        }
        catch (HttpRequestException away)
        {
            return await TellAsync(parsed, $"the gate does not answer: {away.Message}", ExitCode.Unreachable);
        }
    }

    // In the form of all commands: a line for people, and where a program reads an object for it.
    private async Task<int> TellAsync(ParseResult parsed, string message, int code)
    {
        await context.Error.WriteLineAsync($"headgate: {message}");
        if (parsed.GetValue(Json))
        {
            context.Output.WriteJson(new Dictionary<string, object>(StringComparer.Ordinal) { ["error"] = message, ["exitCode"] = code });
        }

        return code;
    }
}
