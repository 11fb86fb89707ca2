using Headgate.Upstream;

namespace Headgate.Simulation;

/// <summary>Knows everything that was sent and said, from outside the gate.</summary>
public sealed class Oracle
{
    private readonly Dictionary<(string Shape, string Account, string Text), Saying> _said = [];
    private readonly Dictionary<long, long> _sentAt = [];
    private readonly HashSet<(string Target, string Account, string Body)> _replied = [];

    /// <summary>A call was handed to the network.</summary>
    internal void Sent(UpstreamCall call, long at) => _sentAt.TryAdd(call.Id, at);

    /// <summary>World ticks of a call's send.</summary>
    internal long SentAt(long callId) => _sentAt[callId];

    internal void Said(in SaidItem item, UpstreamCall call, long arrivedAt)
    {
        var saying = new Saying(item.Sequence, item.AtMs, _sentAt[call.Id], arrivedAt);
        _said[(item.Shape, item.Account, item.Text)] = saying;
        if (item.Smaller.Length > 0)
        {
            _said[(item.Shape + "/ltp", item.Account, item.Smaller)] = saying with { AtMs = 0 };
        }
    }

    /// <summary>A whole answer left the upstream, faults of its body included.</summary>
    internal void Replied(string target, string account, string body) => _replied.Add((target, account, body));

    /// <summary>Was this account ever sent exactly this body for this target?</summary>
    internal bool HasReplied(string target, string account, string body) => _replied.Contains((target, account, body));

    /// <summary>When and how the upstream said exactly this; null when it never did.</summary>
    internal Saying? Find(string shape, string account, string text) => _said.TryGetValue((shape, account, text), out var saying) ? saying : null;
}

/// <summary>The provenance of some bytes.</summary>
/// <param name="Sequence">Arrival that made them.</param>
/// <param name="AtMs">The data's own time, 0 when it tells none.</param>
/// <param name="SentAt">World ticks of the call's send.</param>
/// <param name="ArrivedAt">World ticks of its arrival.</param>
internal sealed record Saying(long Sequence, long AtMs, long SentAt, long ArrivedAt);
