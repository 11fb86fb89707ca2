using Headgate.Caching;
using Headgate.Upstream;

namespace Headgate;

/// <summary>How a demand ended.</summary>
public enum FetchKind
{
    /// <summary>Every item came from entries that were fresh for the demand; nothing was forwarded.</summary>
    Hit,

    /// <summary>At least one item was fetched for this demand or joined in flight.</summary>
    Fetched,

    /// <summary>Within the demand's allowances, but at least one item is stale; <see cref="FetchResult.Reason"/> says why.</summary>
    Stale,

    /// <summary>The upstream's own answer, passed on unchanged (errors, uncacheable and streaming bodies).</summary>
    Passed,

    /// <summary>The gate refuses; see <see cref="FetchResult.Refusal"/>.</summary>
    Refused,
}

/// <summary>The answer to a demand. A value; <see cref="Items"/> may be rented: call <see cref="Return"/> once when done.</summary>
public readonly struct FetchResult
{
    public required FetchKind Kind { get; init; }

    /// <summary>The entry of an unbatched answer, or of a batched answer with one item; else null.</summary>
    public Entry? Single { get; init; }

    /// <summary>For several items: entries in request order; only the first <see cref="Count"/> count.</summary>
    public Entry[]? Items { get; init; }

    public int Count { get; init; }

    /// <summary>The upstream's answer for <see cref="FetchKind.Passed"/>; dispose it.</summary>
    public PassedReply? Reply { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>Age of the oldest item.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Smallest remaining freshness over all items; negative when stale.</summary>
    public TimeSpan Ttl { get; init; }

    /// <summary>Was anything forwarded upstream for this demand?</summary>
    public bool Forwarded { get; init; }

    /// <summary>Were all forwarded items joined to calls of others (RFC 9211 <c>collapsed</c>)?</summary>
    public bool Collapsed { get; init; }

    /// <summary>Why forwarded (<c>uri-miss</c>, <c>stale</c>, <c>request</c>, <c>method</c>, <c>bypass</c>) or why stale (<c>limit</c>, <c>breaker</c>, <c>upstream-error</c>, …); a stable token or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Calls made for this demand and counted for no other: 0 when everything was held or travelled with calls of others.</summary>
    public int Calls { get; init; }

    /// <summary>Items that were not answered from entries held at the ask.</summary>
    public int Fetched { get; init; }

    /// <summary>The limit touched, for <c>RateLimit</c> headers, or null.</summary>
    public LimitReport? Limit { get; init; }

    /// <summary>Status the upstream gave to the call made for this demand, when there was one.</summary>
    public int? ForwardStatus { get; init; }

    /// <summary>Gives rented storage back. Harmless on the others.</summary>
    public void Return()
    {
        if (Items is not null)
        {
            System.Buffers.ArrayPool<Entry>.Shared.Return(Items, clearArray: true);
        }
    }
}

/// <summary>State of one limit for response headers.</summary>
/// <param name="Name">Policy name, as <c>quote</c>.</param>
/// <param name="Permits">Permits per window.</param>
/// <param name="Window">The window.</param>
/// <param name="Remaining">Free permits now.</param>
/// <param name="ResetIn">Until a permit comes free.</param>
public sealed record LimitReport(string Name, long Permits, TimeSpan Window, long Remaining, TimeSpan ResetIn);

/// <summary>An upstream's answer passed on: status, headers, and a body that may still be arriving.</summary>
/// <remarks>One reader. Several clients of one flight have a reply each over one shared buffer.</remarks>
public abstract class PassedReply : IAsyncDisposable
{
    public required int Status { get; init; }

    public required IReadOnlyList<HeaderField> Headers { get; init; }

    /// <summary>Declared length as sent, or null.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Reads on; 0 is the proper end.</summary>
    /// <exception cref="UpstreamBodyException">The body broke off: the client's connection must not end cleanly.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
