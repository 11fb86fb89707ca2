using Headgate.Caching;
using Headgate.History;
using Headgate.Upstream;

namespace Headgate.Flights;

/// <summary>How a flight ended, for all its waiters alike.</summary>
internal abstract record FlightOutcome
{
    private FlightOutcome()
    {
    }

    /// <summary>The upstream answered for the item; a negative entry when it knows no such item.</summary>
    public sealed record Answered(Entry Entry) : FlightOutcome
    {
        /// <summary>The rows of a candle call; null for everything else, and for an answer whose rows cannot be told apart with certainty.</summary>
        public LandedRows? Rows { get; init; }

        /// <summary>The response with what is its asker's alone (cookies), for that asker; null when there is nothing of the kind.</summary>
        public UpstreamSaid? Own { get; init; }
    }

    /// <summary>The upstream answered with an error of its own, or with something that is not kept: passed on unchanged.</summary>
    public sealed record UpstreamSaid(OutcomeKind Kind, int Status, IReadOnlyList<HeaderField> Headers, ReadOnlyMemory<byte> Body) : FlightOutcome
    {
        /// <summary>For the one whose request brought it: others must ask themselves.</summary>
        public bool IsPersonal { get; init; }

        public SharedReply ToReply() => SharedReply.Of(Status, Headers, Body.Span);
    }

    /// <summary>The body is still arriving; every waiter reads it at its own pace.</summary>
    public sealed record Streaming(int Status, IReadOnlyList<HeaderField> Headers, long? ContentLength, SharedBody Body, EngineTime SentAt) : FlightOutcome
    {
        /// <summary>For the one whose request brought it: others must ask themselves.</summary>
        public bool IsPersonal { get; init; }

        public SharedReply ToReply() => new(Body) { Status = Status, Headers = Headers, ContentLength = ContentLength };
    }

    /// <summary>There is no answer of the upstream's to give.</summary>
    public sealed record Failed(OutcomeKind Kind, Refusal Refusal) : FlightOutcome;
}
