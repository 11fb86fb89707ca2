namespace Headgate.Upstream;

/// <summary>Sends one call exactly once. The only way out of the process.</summary>
/// <remarks>
/// An implementation never re-sends, never follows a redirect, adds no header and keeps no cookie. It does not throw for what an upstream
/// or the network does: that is a <see cref="TransportFault"/>. Thread-safe.
/// </remarks>
public interface IUpstreamTransport
{
    /// <summary>Sends and waits for the response's head.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="cancellation">Abandons the call; it counts as sent.</param>
    ValueTask<TransportResult> SendAsync(UpstreamCall call, CancellationToken cancellation);
}

/// <summary>A response's head with its body still to read, or the fault that came instead.</summary>
public readonly record struct TransportResult(UpstreamReply? Reply, TransportFault? Fault);

/// <summary>The head of an upstream's answer. Dispose it to release the connection.</summary>
public abstract class UpstreamReply : IAsyncDisposable
{
    public required int Status { get; init; }

    /// <summary>In order as received, hop-by-hop headers removed; content headers included.</summary>
    public required IReadOnlyList<HeaderField> Headers { get; init; }

    /// <summary>Declared length of the body as sent (before content decoding), or null.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Reads on; 0 is the proper end of the body.</summary>
    /// <exception cref="UpstreamBodyException">The body ended early, was reset or timed out.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();

    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Is(name))
            {
                return header.Value;
            }
        }

        return null;
    }
}

/// <summary>Where a call failed.</summary>
public enum TransportPhase
{
    /// <summary>Nothing was sent: name resolution, connect, TLS.</summary>
    Connect,

    /// <summary>Sent, in part or whole, and unanswered: the outcome is unknown.</summary>
    Await,

    /// <summary>The answer broke off.</summary>
    Body,
}

/// <summary>Why there is no (whole) answer.</summary>
/// <param name="Phase">Where it failed.</param>
/// <param name="Kind">A stable word: <c>refused</c>, <c>reset</c>, <c>closed</c>, <c>timeout</c>, <c>protocol</c>, <c>tls</c>, <c>name</c>, <c>truncated</c>.</param>
/// <param name="Detail">For people; holds no credential.</param>
public sealed record TransportFault(TransportPhase Phase, string Kind, string Detail)
{
    public bool IsTimeout => string.Equals(Kind, "timeout", StringComparison.Ordinal);
}

/// <summary>A response body that ended early, was reset or timed out.</summary>
public sealed class UpstreamBodyException : IOException
{
    public UpstreamBodyException(TransportFault fault, Exception? inner = null)
        : base(fault.Detail, inner) => Fault = fault;

    public TransportFault Fault { get; }
}
