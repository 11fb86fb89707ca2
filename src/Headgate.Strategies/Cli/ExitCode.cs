namespace Headgate.Strategies.Cli;

/// <summary>Exit codes of the strategy commands.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>The run failed, a file was refused, a job ended without a result.</summary>
    public const int Failed = 1;

    /// <summary>The command or a parameter is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The server named by --url does not answer.</summary>
    public const int Unreachable = 3;

    /// <summary>No such strategy, execution or job.</summary>
    public const int NotFound = 4;
}
