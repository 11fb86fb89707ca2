using System.CommandLine;
using System.Text;

namespace Headgate.Cli;

/// <summary>Writes the command reference from the commands themselves, so that it cannot say anything else.</summary>
internal static class CommandReference
{
    public static string Write(RootCommand root)
    {
        var text = new StringBuilder();
        text.Append("# The headgate command\n\n");
        text.Append("Written from the commands themselves; a test holds it to them. Every command takes `--help`.\n");
        text.Append("From a source tree `headgate` is `dotnet run --project src/Headgate.Cli -c Release --`.\n\n");
        text.Append("| exit code | meaning |\n|---|---|\n");
        foreach (var (code, meaning) in ExitCode.All)
        {
            text.Append($"| {code} | {meaning} |\n");
        }

        text.Append("\nWith `--json` a failure is an object on standard output too: `{\"error\": \"…\", \"exitCode\": 3}`.\n");
        foreach (var (path, command) in Walk(root, "headgate"))
        {
            Write(text, path, command);
        }

        return text.ToString();
    }

    /// <summary>Commands that do something.</summary>
    public static IEnumerable<Command> Leaves(RootCommand root) => Walk(root, "headgate").Select(pair => pair.Command);

    private static IEnumerable<(string Path, Command Command)> Walk(Command command, string path)
    {
        foreach (var child in command.Subcommands)
        {
            var childPath = $"{path} {child.Name}";
            if (child.Action is not null)
            {
                yield return (childPath, child);
            }

            foreach (var below in Walk(child, childPath))
            {
                yield return below;
            }
        }
    }

    private static void Write(StringBuilder text, string path, Command command)
    {
        text.Append($"\n## {path}\n\n{command.Description}\n");
        if (command.Arguments.Count + command.Options.Count > 0)
        {
            text.Append("\n| option | meaning |\n|---|---|\n");
            foreach (var argument in command.Arguments)
            {
                text.Append($"| `{argument.Name.ToUpperInvariant()}` | {argument.Description} |\n");
            }

            foreach (var option in command.Options)
            {
                var value = option.ValueType == typeof(bool) ? "" : $" {option.HelpName ?? "VALUE"}".Replace("|", "\\|", StringComparison.Ordinal);
                text.Append($"| `{option.Name}{value}` | {option.Description} |\n");
            }
        }

        text.Append("\n```sh\n");
        foreach (var example in CommandExamples.Of(command))
        {
            text.Append(example).Append('\n');
        }

        text.Append("```\n");
    }
}
