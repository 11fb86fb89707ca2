namespace Headgate.Desk.Monitors.Pulses;

/// <summary>The market in a cycle.</summary>
/// <param name="Stocks">Stocks with a usable price, in the universe's order.</param>
/// <param name="Total">Stocks of the universe.</param>
/// <param name="Problems">Why names are missing.</param>
public sealed record Pulse(IReadOnlyList<StockPulse> Stocks, int Total, IReadOnlyList<string> Problems)
{
    /// <summary>Stocks without a usable price.</summary>
    public int Errors => Total - Stocks.Count;

    /// <summary>Stocks with open interest.</summary>
    public int OiStocks => Stocks.Count(static stock => stock.Sample.Oi > 0);
}
