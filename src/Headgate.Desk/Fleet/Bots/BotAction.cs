namespace Headgate.Desk.Fleet.Bots;

/// <summary>What a bot makes of a cycle.</summary>
public enum BotAction
{
    /// <summary>Nothing; the reason says why.</summary>
    Hold,

    /// <summary>A confirmed signal to buy.</summary>
    Buy,

    /// <summary>A confirmed signal to sell.</summary>
    Sell,
}
