using Headgate.Desk.Crypto.Registry;

namespace Headgate.Desk.Crypto.Signals;

/// <summary>Something the data tells of a watched symbol. It happened at a moment of its own, so whoever sees it later sees the same.</summary>
/// <param name="Kind">What: <c>rapid_movement</c>, <c>crowded</c>, <c>position</c>.</param>
/// <param name="Symbol">Whom it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Detail">For people.</param>
public sealed record CryptoSignal(string Kind, CryptoSymbol Symbol, DateTimeOffset At, string Detail)
{
    /// <summary>Unique among all signals.</summary>
    public string Key => FormattableString.Invariant($"{Kind} {Symbol.Name} {At.UtcDateTime:yyyy-MM-ddTHH:mm:ss} {Detail}");
}
