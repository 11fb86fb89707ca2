namespace Headgate.Cli.Api;

/// <summary>A gate to ask for the length of one command: the running one, or the files of one that does not run.</summary>
internal sealed class GateSession(GateClient client, IAsyncDisposable? resting) : IAsyncDisposable
{
    public GateClient Client => client;

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await (resting?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
