using Headgate.Catalogue;

namespace Headgate.Explain;

/// <summary>The place of one request's explanation. Whoever claims it writes or reads; nobody waits to write. Thread-safe.</summary>
internal sealed class ExplainSlot
{
    private int _claimed;
    private long _requestId;
    private EngineTime _at;
    private EndpointModel? _endpoint;
    private string _target = "";
    private string _client = "";
    private int _items;
    private TimeSpan _age;
    private ExplainTrace? _trace;

    /// <summary>Takes the place. Lost when another request has it in hand this very moment: the two are thousands of requests apart, and one of them goes anyway.</summary>
    public void TryNote(long requestId, EngineTime at, RequestPlan plan, string client, TimeSpan age, ExplainTrace? trace)
    {
        if (Interlocked.CompareExchange(ref _claimed, 1, 0) != 0)
        {
            return;
        }

        // Not the plan itself: one of 500 items would be kept alive by each request that asked it.
        (_requestId, _at, _endpoint, _target, _client, _items, _age, _trace) = (requestId, at, plan.Endpoint, plan.SafeTarget, client, plan.Items.Count, age, trace);
        Volatile.Write(ref _claimed, 0);
    }

    public Explanation? Read(long requestId)
    {
        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref _claimed, 1, 0) != 0)
        {
            spin.SpinOnce();
        }

        try
        {
            if (_requestId != requestId || _endpoint is not { } endpoint)
            {
                return null;
            }

            IReadOnlyList<ExplanationStep> steps = _trace?.Steps()
                ?? [new ExplanationStep(_at, "hit", $"{_items} item(s) from memory, the oldest {_age.TotalSeconds:0.###} s old; nothing was sent.")];
            return new Explanation(requestId, _at, endpoint.Id, _target, _client, steps);
        }
        finally
        {
            Volatile.Write(ref _claimed, 0);
        }
    }
}
