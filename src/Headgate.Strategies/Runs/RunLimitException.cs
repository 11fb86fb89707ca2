namespace Headgate.Strategies.Runs;

/// <summary>A run took longer than the platform allows. Trying again would take as long, so it is never transient.</summary>
public sealed class RunLimitException : Exception
{
    public RunLimitException(string message)
        : base(message)
    {
    }

    public RunLimitException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public RunLimitException()
    {
    }
}
