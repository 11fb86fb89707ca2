namespace Headgate.Strategies;

/// <summary>Thrown by a strategy or its data source for trouble that may pass by itself; a job is then tried again.</summary>
public sealed class TransientStrategyException : Exception
{
    public TransientStrategyException(string message)
        : base(message)
    {
    }

    public TransientStrategyException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public TransientStrategyException()
    {
    }
}
