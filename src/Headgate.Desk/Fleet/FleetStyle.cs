namespace Headgate.Desk.Fleet;

/// <summary>How a fleet asks for market data.</summary>
public enum FleetStyle
{
    /// <summary>One quote of all pairs a cycle; candles once per closed hour, the open one built from the cycle's quotes.</summary>
    Batched,

    /// <summary>A ticker and candles for each pair, with the times to live of the replaced system.</summary>
    SingleProduct,

    /// <summary>What the replaced system did before it shared anything: a ticker, candles, the accounts and a balance check for each bot and cycle.</summary>
    PerBot,
}
