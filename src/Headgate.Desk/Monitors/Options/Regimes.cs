namespace Headgate.Desk.Monitors.Options;

/// <summary>What the index is doing against its own mean.</summary>
public static class Regimes
{
    public const string Neutral = "NEUTRAL";
    public const string Bullish = "BULLISH";
    public const string Bearish = "BEARISH";
}
