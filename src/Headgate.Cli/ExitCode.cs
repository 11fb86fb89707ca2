namespace Headgate.Cli;

/// <summary>What <c>headgate</c> ends with; part of its interface to scripts.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It was understood and did not succeed.</summary>
    public const int Failure = 1;

    /// <summary>It was not understood: a command, option or argument is wrong.</summary>
    public const int Usage = 2;

    /// <summary>It needs a running gate and none runs.</summary>
    public const int NotRunning = 3;

    /// <summary>What was named does not exist: a limit, a request, a strategy, an execution, a job.</summary>
    public const int NotFound = 4;

    /// <summary>The data directory belongs to another gate that runs.</summary>
    public const int InUse = 5;

    /// <summary>It was stopped before it was done, as shells tell it.</summary>
    public const int Stopped = 130;

    /// <summary>All codes with their meaning, as help and reference print them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Ok, "success"),
        (Failure, "failure; standard error says what failed and what to do"),
        (Usage, "wrong command, option or argument"),
        (NotRunning, "no gate runs on this data directory or at this address"),
        (NotFound, "what was named does not exist: a limit, a request, a strategy, an execution, a job"),
        (InUse, "the data directory is in use by another gate, which is named"),
        (Stopped, "stopped by Ctrl-C before it was done; what runs until it is stopped ends with 0"),
    ];
}
