namespace Headgate.Cli.Serving;

/// <summary>A part that closes synchronously.</summary>
internal sealed class Closing(IDisposable part) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        part.Dispose();
        return ValueTask.CompletedTask;
    }
}
