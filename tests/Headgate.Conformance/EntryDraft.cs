using Headgate.Caching;

namespace Headgate.Conformance;

/// <summary>An entry being written down for a test: what is not named is plain.</summary>
public sealed record EntryDraft
{
    public required ItemKey Key { get; init; }

    public required byte[] Body { get; init; }

    public required long Version { get; init; }

    public required EngineTime SentAt { get; init; }

    public Envelope? Envelope { get; init; }

    public int Status { get; init; } = 200;

    public string? ContentType { get; init; } = "application/json";

    public string? ContentCoding { get; init; }

    public bool IsNegative { get; init; }

    public Entry ToEntry() => new()
    {
        Key = Key,
        Body = Body,
        Version = Version,
        SentAt = SentAt,
        FreshUntil = SentAt + TimeSpan.FromSeconds(1),
        StaleUntil = SentAt + TimeSpan.FromMinutes(10),
        Envelope = Envelope,
        Status = Status,
        ContentType = ContentType,
        ContentCoding = ContentCoding,
        IsNegative = IsNegative,
    };
}
