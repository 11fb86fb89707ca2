namespace Headgate.Strategies.Store;

/// <summary>What a bhavcopy row describes. The numeric values are stored and never change.</summary>
public enum InstrumentKind
{
    /// <summary>OPTIDX (older layout), IDO (UDiFF).</summary>
    IndexOption = 0,

    /// <summary>FUTIDX, IDF; the exchange's volatility and interest-rate futures (FUTIVX, FUTINT) are filed here too.</summary>
    IndexFuture = 1,

    /// <summary>OPTSTK, STO.</summary>
    StockOption = 2,

    /// <summary>FUTSTK, STF.</summary>
    StockFuture = 3,
}
