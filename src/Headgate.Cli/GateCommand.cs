using System.CommandLine;

namespace Headgate.Cli;

/// <summary>A command that shows how it is used.</summary>
internal sealed class GateCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Runs the action; a <see cref="CommandFailure"/> becomes a message and its exit code (<see cref="Failures"/>).</summary>
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
                return await Failures.TellAsync(parsed, failure.Message, failure.ExitCode);
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
