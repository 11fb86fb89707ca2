using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Options;

/// <summary>A call and a put to be sold together.</summary>
/// <param name="Strategy"><c>straddle</c> or <c>strangle</c>.</param>
/// <param name="Expiry">Their expiry.</param>
/// <param name="CallStrike">Strike of the call.</param>
/// <param name="PutStrike">Strike of the put.</param>
/// <param name="CallName">Quote name of the call, as <c>NFO:NIFTY26DEC26000CE</c>.</param>
/// <param name="PutName">Quote name of the put.</param>
/// <param name="LotSize">Units of a lot.</param>
public sealed record OptionLegs(string Strategy, DateOnly Expiry, decimal CallStrike, decimal PutStrike, string CallName, string PutName, int LotSize)
{
    /// <summary>Both premiums together, or null when one is not quoted.</summary>
    public decimal? Premium(IReadOnlyDictionary<string, KiteQuote> quotes) =>
        quotes.TryGetValue(CallName, out var call) && quotes.TryGetValue(PutName, out var put) ? call.Last + put.Last : null;

    /// <summary>The strategies of an expiry around a price; those whose strikes are listed.</summary>
    public static IReadOnlyList<OptionLegs> Around(OptionBook book, DateOnly expiry, decimal atTheMoney, decimal width)
    {
        List<OptionLegs> found = [];
        foreach (var (strategy, call, put) in new[] { ("straddle", atTheMoney, atTheMoney), ("strangle", atTheMoney + width, atTheMoney - width) })
        {
            if (book.Option(expiry, call, isCall: true) is { } above && book.Option(expiry, put, isCall: false) is { } below)
            {
                found.Add(new OptionLegs(strategy, expiry, call, put, NameOf(above), NameOf(below), above.LotSize));
            }
        }

        return found;
    }

    private static string NameOf(KiteContract contract) => $"{contract.Exchange}:{contract.Symbol}";
}
