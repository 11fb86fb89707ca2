namespace Headgate.Desk.Fleet.Statistics;

/// <summary>What a fleet asks an exchange for.</summary>
public enum FleetData
{
    /// <summary>Prices.</summary>
    Ticker,

    /// <summary>Candles.</summary>
    Historical,

    /// <summary>All balances of the account.</summary>
    Accounts,

    /// <summary>What must be known of products to trade them.</summary>
    Products,

    /// <summary>One currency's balance.</summary>
    Balance,

    /// <summary>Orders sent.</summary>
    Order,

    /// <summary>Orders looked up.</summary>
    OrderStatus,
}
