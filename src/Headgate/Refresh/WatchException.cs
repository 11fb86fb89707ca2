namespace Headgate.Refresh;

/// <summary>A watch that cannot be kept; the message tells whoever asked for it why, and what would help.</summary>
public sealed class WatchException : ArgumentException
{
    public WatchException(string message)
        : base(message)
    {
    }
}
