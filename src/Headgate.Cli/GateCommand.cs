using System.CommandLine;

namespace Headgate.Cli;

/// <summary>A command that shows how it is used.</summary>
internal sealed class GateCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Runs the action; a <see cref="CommandFailure"/> becomes one line on standard error and its exit code.</summary>
    public GateCommand Does(Func<ParseResult, CancellationToken, Task<int>> action)
    {
        SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (CommandFailure failure)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"headgate: {failure.Message}");
                return failure.ExitCode;
            }
        });
        return this;
    }

    public GateCommand With(params Symbol[] symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    Add(option);
                    break;
                case Argument argument:
                    Add(argument);
                    break;
                case Command command:
                    Add(command);
                    break;
            }
        }

        return this;
    }
}
