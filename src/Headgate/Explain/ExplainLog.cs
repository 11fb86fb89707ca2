using Headgate.Catalogue;

namespace Headgate.Explain;

/// <summary>The decisions of the latest requests, bounded. Noting a hit allocates nothing and waits for nobody. Thread-safe.</summary>
internal sealed class ExplainLog
{
    private readonly ExplainSlot[] _slots;

    public ExplainLog(int capacity)
    {
        _slots = new ExplainSlot[capacity];
        for (var i = 0; i < capacity; i++)
        {
            _slots[i] = new ExplainSlot();
        }
    }

    /// <summary>Notes an answer from memory.</summary>
    public void Hit(long requestId, EngineTime at, RequestPlan plan, string client, TimeSpan age) => SlotOf(requestId).TryNote(requestId, at, plan, client, age, trace: null);

    /// <summary>Opens the trace of a request that takes longer.</summary>
    public ExplainTrace Open(long requestId, EngineTime at, RequestPlan plan, string client)
    {
        var trace = new ExplainTrace();
        SlotOf(requestId).TryNote(requestId, at, plan, client, default, trace);
        return trace;
    }

    public Explanation? Find(long requestId) => requestId <= 0 ? null : SlotOf(requestId).Read(requestId);

    private ExplainSlot SlotOf(long requestId) => _slots[(int)((ulong)requestId % (ulong)_slots.Length)];
}
