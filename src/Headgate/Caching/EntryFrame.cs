namespace Headgate.Caching;

/// <summary>What the items of one call have in common: held once for all of them. Not changed any more once its entry is made.</summary>
internal sealed class EntryFrame
{
    public string Endpoint = "";
    public IdentityHash Owner;
    public Envelope? Envelope;
    public string? ContentType;
    public string? ContentCoding;
    public IReadOnlyList<HeaderField> Headers = [];
    public int Status;
    public bool IsNegative;

    /// <summary>Does the other say the same? Envelopes are compared by reference: those of two calls differ at least in their send.</summary>
    public bool Says(EntryFrame other) =>
        ReferenceEquals(Envelope, other.Envelope)
        && Status == other.Status
        && IsNegative == other.IsNegative
        && Owner == other.Owner
        && string.Equals(Endpoint, other.Endpoint, StringComparison.Ordinal)
        && string.Equals(ContentType, other.ContentType, StringComparison.Ordinal)
        && string.Equals(ContentCoding, other.ContentCoding, StringComparison.Ordinal)
        && (ReferenceEquals(Headers, other.Headers) || Headers.SequenceEqual(other.Headers));
}
