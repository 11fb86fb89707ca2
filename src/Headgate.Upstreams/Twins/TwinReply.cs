using Headgate.Upstreams.Faults;

namespace Headgate.Upstreams;

/// <summary>What an emulated upstream answers, and how that answer is to be (mis)delivered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Header lines without Content-Length (answers to HEAD excepted) and Transfer-Encoding, which belong to the delivery.</param>
/// <param name="Body">Body bytes as they go on the wire (already compressed where Content-Encoding says so).</param>
/// <param name="Fault">How to deliver it. The body is complete even when the fault says that only a part of it is sent.</param>
public sealed record TwinReply(int Status, IReadOnlyList<TwinHeader> Headers, ReadOnlyMemory<byte> Body, TwinFault Fault)
{
    public TwinReply(int status, IReadOnlyList<TwinHeader> headers, ReadOnlyMemory<byte> body)
        : this(status, headers, body, TwinFault.None)
    {
    }

    /// <summary>The first value of a header, compared without case; null when absent.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
