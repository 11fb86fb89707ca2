namespace Headgate.Cli.Serving;

/// <summary>A part of a gate that closes synchronously, among those that do not.</summary>
internal sealed class Closing(IDisposable part) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        part.Dispose();
        return ValueTask.CompletedTask;
    }
}
