namespace Headgate.Desk.Fleet.Bots;

/// <summary>What a bot remembers over restarts. Immutable.</summary>
/// <param name="Pair">Its pair.</param>
public sealed record BotState(string Pair)
{
    /// <summary>When it last traded, or null.</summary>
    public DateTimeOffset? LastTradeAt { get; init; }

    /// <summary>The side of the signal that is being confirmed; hold for none.</summary>
    public BotAction Confirming { get; init; }

    /// <summary>Since when that signal stands.</summary>
    public DateTimeOffset? ConfirmingSince { get; init; }

    /// <summary>Coins bought and not sold again.</summary>
    public decimal Coins { get; init; }

    /// <summary>Dollars paid for them.</summary>
    public decimal Cost { get; init; }

    /// <summary>The UTC day the counts below belong to.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Trades of that day.</summary>
    public int Trades { get; init; }

    /// <summary>Realised profit of that day; a loss is below zero.</summary>
    public decimal Profit { get; init; }

    /// <summary>Losing sales in a row.</summary>
    public int LossesInARow { get; init; }

    /// <summary>The order under way, by its client id, or null.</summary>
    public string? OpenOrder { get; init; }

    /// <summary>The cycle that order was decided in, or null.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>What became of the last one, in a sentence.</summary>
    public string? LastOrder { get; init; }

    /// <summary>The same on a day: counts of another day are forgotten.</summary>
    public BotState On(DateOnly day) => Day == day ? this : this with { Day = day, Trades = 0, Profit = 0, LossesInARow = 0 };
}
