namespace Headgate.Upstream;

/// <summary>One HTTP request to an upstream, ready to send. Charged before it is handed to the transport.</summary>
public sealed class UpstreamCall
{
    /// <summary>Names the attempt in explanations and logs.</summary>
    public required long Id { get; init; }

    public required string Provider { get; init; }

    public required string Method { get; init; }

    /// <summary>Scheme and authority; the path prefix is already part of <see cref="Target"/>.</summary>
    public required Uri Origin { get; init; }

    /// <summary>Path and query exactly as they go on the wire.</summary>
    public required string Target { get; init; }

    /// <summary>In order; without Host, hop-by-hop and the gate's own headers.</summary>
    public required IReadOnlyList<HeaderField> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True when the request has a body, even an empty one (Content-Length: 0).</summary>
    public bool HasBody { get; init; }

    /// <summary>From send to the response's head, and between two reads of its body.</summary>
    public required TimeSpan Timeout { get; init; }
}
