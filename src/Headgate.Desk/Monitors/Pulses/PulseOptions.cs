namespace Headgate.Desk.Monitors.Pulses;

/// <summary>What a minute's one ask holds besides the stocks.</summary>
public sealed record PulseOptions
{
    /// <summary>Ask for each stock's nearest future as well, for its open interest. Default true; off for sources that have prices only.</summary>
    public bool Futures { get; init; } = true;

    /// <summary>
    /// Further instruments, by comma: what the option analyser will want in the same minute. They ride along, since one ask takes 500. Default
    /// <c>NSE:NIFTY 50,NSE:INDIA VIX</c>.
    /// </summary>
    public string Also { get; init; } = "NSE:NIFTY 50,NSE:INDIA VIX";

    /// <summary>Underlyings, by comma, whose two nearest futures ride along too. Default <c>NIFTY</c>.</summary>
    public string AlsoFuturesOf { get; init; } = "NIFTY";
}
