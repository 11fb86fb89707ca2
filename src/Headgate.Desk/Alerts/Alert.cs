namespace Headgate.Desk.Alerts;

/// <summary>Something a person should know. Advice only: nothing of the desk places an order on a market.</summary>
/// <param name="Monitor">Which system says so: <c>stock</c>, <c>onemin</c>, <c>atr</c>, <c>options</c>, ….</param>
/// <param name="Type">What kind, by the specification's key: <c>5min</c>, <c>5min_rise</c>, <c>volume_spike</c>, <c>1min</c>, <c>atr_breakout</c>, ….</param>
/// <param name="Subject">Whom it concerns: a stock's symbol, or <c>NIFTY</c>.</param>
/// <param name="Cycle">Scheduled start of the cycle that found it: with the three above its identity, so that a cycle run again raises it once.</param>
/// <param name="RaisedAt">When it was found (wall clock).</param>
public sealed record Alert(string Monitor, string Type, string Subject, DateTimeOffset Cycle, DateTimeOffset RaisedAt)
{
    /// <summary>The message as Telegram's HTML, everything dynamic escaped; below 4,096 characters.</summary>
    public required string Html { get; init; }

    /// <summary>One line of plain text for consoles and logs.</summary>
    public required string Summary { get; init; }

    /// <summary>Price it speaks of, or null.</summary>
    public decimal? Price { get; init; }

    /// <summary>
    /// Name of the cooldown that begins at <see cref="Cycle"/> for the subject once a person has it, or null. Recorded together with the delivery
    /// (<c>CooldownLedger.RecordOf</c>), so that neither a crash nor a late delivery forgets it.
    /// </summary>
    public string? Cooldown { get; init; }

    /// <summary>The row for the workbook; null for alerts that have no sheet.</summary>
    public AlertRow? Row { get; init; }

    /// <summary>Lines for a sheet that has several of one alert, as the sectors' summary; they have no later prices. Empty for most.</summary>
    public IReadOnlyList<AlertRow> Lines { get; init; } = [];

    /// <summary>Tells apart alerts of one type, subject and cycle where there may be several, as two positions opened in one second; empty for most. Part of the identity.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Idempotency key: the same alert of the same cycle, whoever raises it.</summary>
    public string Key => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Monitor}|{Type}|{Subject}|{Cycle.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}{(Mark.Length == 0 ? "" : "|")}{Mark}");
}
