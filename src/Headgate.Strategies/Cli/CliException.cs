namespace Headgate.Strategies.Cli;

/// <summary>Ends a command with a message and an exit code.</summary>
public sealed class CliException : Exception
{
    public CliException(int exitCode, string message)
        : base(message) => Code = exitCode;

    public CliException(string message)
        : this(ExitCode.Failed, message)
    {
    }

    public CliException(string message, Exception inner)
        : base(message, inner) => Code = ExitCode.Failed;

    public CliException()
    {
    }

    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int Code { get; } = ExitCode.Failed;
}
