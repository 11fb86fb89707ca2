using Headgate.Upstream;

namespace Headgate.Gateway.Upstream;

/// <summary>One charged call on its way. Its ticket lets it be written to one connection, once.</summary>
/// <remarks>
/// Used by the call's own flow and by the connection that carries it, which may be on different threads; every state change is one
/// interlocked step, so that a time-out and a late write cannot both win.
/// </remarks>
internal sealed class Attempt(UpstreamCall call, byte[] head)
{
    private const int Waiting = 0;
    private const int Written = 1;
    private const int Abandoned = 2;

    private int _state;
    private int _answered;
    private string? _end;

    public UpstreamCall Call { get; } = call;

    /// <summary>The request's head exactly as it goes on the wire.</summary>
    public ReadOnlyMemory<byte> Head { get; } = head;

    /// <summary>True once a byte may have left: from then on the outcome is the upstream's to tell.</summary>
    public bool IsSent => (Volatile.Read(ref _state) & Written) != 0;

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool IsAbandoned => (Volatile.Read(ref _state) & Abandoned) != 0;

    /// <summary>How the connection ended before a byte of the answer came: <c>closed</c> or <c>reset</c>; null while it lives or once it answered.</summary>
    public string? UnansweredEnd => Volatile.Read(ref _answered) == 0 ? Volatile.Read(ref _end) : null;

    /// <summary>Redeems the ticket. True exactly once, and never after <see cref="Abandon"/>.</summary>
    public bool TryWrite() => Interlocked.CompareExchange(ref _state, Written, Waiting) == Waiting;

    /// <summary>Gives the call up; one that is not written yet never will be.</summary>
    public void Abandon() => Interlocked.Or(ref _state, Abandoned);

    public void MarkAnswered() => Volatile.Write(ref _answered, 1);

    public void MarkEnd(string how) => Interlocked.CompareExchange(ref _end, how, null);
}
