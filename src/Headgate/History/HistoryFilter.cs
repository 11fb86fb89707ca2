using Headgate.Caching;

namespace Headgate.History;

/// <summary>Which candle series; what is null is not asked. Immutable.</summary>
public sealed record HistoryFilter
{
    /// <summary>A provider (<c>kite</c>) or one endpoint (<c>kite.historical</c>); ordinal.</summary>
    public string? Scope { get; init; }

    /// <summary>The series exactly as a listing names it (<see cref="HistoryInfo.Name"/>).</summary>
    public string? Name { get; init; }

    /// <summary>Series whose name contains this; ordinal.</summary>
    public string? NameContains { get; init; }

    /// <summary>Only series whose newest call was sent before this.</summary>
    public EngineTime? SentBefore { get; init; }

    /// <summary>Series at most, 1 or more; default 1,000.</summary>
    public int Max { get; init; } = 1_000;

    /// <summary>Does the filter match, its bound aside?</summary>
    public bool Matches(ItemKey series, EngineTime sentAt) =>
        EntryFilter.IsIn(Scope, series.Endpoint)
        && (Name is null || string.Equals(Name, HistoryInfo.NameOf(series), StringComparison.Ordinal))
        && (NameContains is null || HistoryInfo.NameOf(series).Contains(NameContains, StringComparison.Ordinal))
        && (SentBefore is not { } before || sentAt < before);
}
