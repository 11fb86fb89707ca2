namespace Headgate.Simulation;

/// <summary>What a client got.</summary>
public sealed record SoakAnswer
{
    public required SoakAsk Ask { get; init; }

    public required FetchKind Kind { get; init; }

    /// <summary>World ticks when the engine answered.</summary>
    public required long AnsweredAt { get; init; }

    /// <summary>Served entries in order; empty for passed replies and refusals.</summary>
    public IReadOnlyList<ServedItem> Items { get; init; } = [];

    public TimeSpan Age { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>Status and body of a passed reply; the body is null when it broke off.</summary>
    public int Status { get; init; }

    public string? Body { get; init; }

    public bool Forwarded { get; init; }

    /// <summary>Answered within the call, before anything else could run.</summary>
    public bool IsInline { get; init; }

    /// <summary>What an inline answer changed in the world (sends, ledger writes, entry writes), or null for nothing (or when others wait, whose turn may have come at that moment).</summary>
    public string? Changed { get; init; }

    public bool IsServed => Kind is FetchKind.Hit or FetchKind.Fetched or FetchKind.Stale;
}

/// <summary>One served entry.</summary>
/// <param name="Id">Item, or the raw target for whole answers.</param>
/// <param name="Text">Its bytes as text.</param>
/// <param name="IsNegative">The gate says there is no such item.</param>
/// <param name="SentBeforeAnswer">Engine time between its send and the answer.</param>
public sealed record ServedItem(string Id, string Text, bool IsNegative, TimeSpan SentBeforeAnswer);
