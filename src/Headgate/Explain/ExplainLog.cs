using Headgate.Catalogue;

namespace Headgate.Explain;

/// <summary>The decisions of the latest requests, bounded. Noting a hit allocates nothing. Thread-safe.</summary>
internal sealed class ExplainLog
{
    private readonly Slot[] _slots;

    public ExplainLog(int capacity)
    {
        _slots = new Slot[capacity];
        for (var i = 0; i < capacity; i++)
        {
            _slots[i] = new Slot();
        }
    }

    /// <summary>Notes an answer from memory.</summary>
    public void Hit(long requestId, EngineTime at, RequestPlan plan, string client, TimeSpan age)
    {
        var slot = _slots[SlotOf(requestId)];
        lock (slot)
        {
            (slot.RequestId, slot.At, slot.Plan, slot.Client, slot.Age, slot.Trace) = (requestId, at, plan, client, age, null);
        }
    }

    /// <summary>Opens the trace of a request that takes longer.</summary>
    public ExplainTrace Open(long requestId, EngineTime at, RequestPlan plan, string client)
    {
        var trace = new ExplainTrace();
        var slot = _slots[SlotOf(requestId)];
        lock (slot)
        {
            (slot.RequestId, slot.At, slot.Plan, slot.Client, slot.Age, slot.Trace) = (requestId, at, plan, client, default, trace);
        }

        return trace;
    }

    public Explanation? Find(long requestId)
    {
        if (requestId <= 0)
        {
            return null;
        }

        var slot = _slots[SlotOf(requestId)];
        lock (slot)
        {
            if (slot.RequestId != requestId || slot.Plan is not { } plan)
            {
                return null;
            }

            IReadOnlyList<ExplanationStep> steps = slot.Trace?.Steps()
                ?? [new ExplanationStep(slot.At, "hit", $"{plan.Items.Count} item(s) from memory, the oldest {slot.Age.TotalSeconds:0.###} s old; nothing was sent.")];
            return new Explanation(requestId, slot.At, plan.Endpoint.Id, plan.SafeTarget, slot.Client, steps);
        }
    }

    private int SlotOf(long requestId) => (int)((ulong)requestId % (ulong)_slots.Length);

    private sealed class Slot
    {
        public long RequestId;
        public EngineTime At;
        public RequestPlan? Plan;
        public string Client = "";
        public TimeSpan Age;
        public ExplainTrace? Trace;
    }
}
