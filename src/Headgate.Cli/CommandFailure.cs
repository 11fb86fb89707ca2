namespace Headgate.Cli;

/// <summary>A command cannot do what it was asked; the message is for people and names the remedy.</summary>
internal sealed class CommandFailure : Exception
{
    public CommandFailure(string message, int exitCode = Cli.ExitCode.Failure, Exception? inner = null)
        : base(message, inner) => ExitCode = exitCode;

    public int ExitCode { get; }
}
