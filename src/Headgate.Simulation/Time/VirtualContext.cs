namespace Headgate.Simulation;

/// <summary>Where the continuations of one owner go: the world's, or a process's that may die.</summary>
internal sealed class VirtualContext(ReadyQueue ready, VirtualProcess? owner) : SynchronizationContext
{
    /// <summary>False once its process was killed: nothing of it runs any more.</summary>
    public bool IsAlive => owner is null || owner.IsAlive;

    public override void Post(SendOrPostCallback d, object? state) => ready.Add(new ReadyWork(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A blocking send would stop the only thread there is.");

    public override SynchronizationContext CreateCopy() => this;
}

/// <summary>A continuation that may run now.</summary>
internal readonly record struct ReadyWork(VirtualContext Context, SendOrPostCallback Callback, object? State);
