namespace Headgate.Dispatch;

/// <summary>A request that passes through exactly once. Guarded by the dispatcher's lock.</summary>
internal sealed class ForwardWork : Work
{
    private readonly TaskCompletionSource<FetchResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ForwardWork(WorkGroup group, Demand demand, EngineTime askedAt, EngineTime deadline)
        : base(group, demand.Urgency, demand.Client, askedAt, deadline) => Demand = demand;

    public Demand Demand { get; }

    public Task<FetchResult> Outcome => _done.Task;

    public bool TryComplete(FetchResult result)
    {
        State = WorkState.Done;
        return _done.TrySetResult(result);
    }

    public override void Refuse(Refusal refusal) => TryComplete(new FetchResult { Kind = FetchKind.Refused, Refusal = refusal, Reason = "method" });
}
