using Headgate.Desk.Analytics;

namespace Headgate.Desk.Monitors.Alerting;

/// <summary>What else is known of a stock when an alert is raised; nothing of it holds an alert up, and what is not at hand is null.</summary>
public sealed record Enrichment
{
    /// <summary>Nothing is known.</summary>
    public static readonly Enrichment None = new();

    /// <summary>RSI of daily closes and the current price.</summary>
    public RsiReading? Rsi { get; init; }

    /// <summary>Open interest of the nearest future.</summary>
    public OiReading? Oi { get; init; }

    /// <summary>The stock's sector.</summary>
    public SectorReading? Sector { get; init; }

    /// <summary>In crore.</summary>
    public decimal? MarketCap { get; init; }

    /// <summary>The day's earlier alerts as arrows; empty when there was none.</summary>
    public string Trail { get; init; } = "";
}
