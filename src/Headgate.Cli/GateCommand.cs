using System.CommandLine;
using Headgate.Cli.Output;
using Spectre.Console;

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
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Stopped;
            }
        });
        return this;
    }

    /// <summary>Runs what only computes and hears of no cancellation: who stops the command does not wait for it, it ends with the process.</summary>
    public GateCommand Computes(Func<ParseResult, int> work) => Does(async (parsed, cancellation) =>
    {
        try
        {
            return await Task.Run(() => work(parsed), CancellationToken.None).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            var console = Tables.On(parsed.InvocationConfiguration.Output);
            if (console.Profile.Out.IsTerminal)
            {
                // A bar that is drawn hides the cursor, and the shell's next line begins behind it.
                console.Cursor.Show();
                console.WriteLine();
            }

            throw;
        }
    });

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
