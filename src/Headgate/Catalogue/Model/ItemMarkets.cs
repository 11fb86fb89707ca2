using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Tells an instrument's market from its name, for endpoints that serve several: quotes of a commodity move while shares are closed.</summary>
/// <param name="Capture">Path capture that names the instrument; null takes the item's name.</param>
/// <param name="Rules">Tried in order.</param>
public sealed record ItemMarkets(string? Capture, IReadOnlyList<ItemMarketRule> Rules)
{
    /// <summary>The market of an instrument; null, as if always open, when no rule knows it. Serving it too often is the safe side.</summary>
    public string? Of(string instrument)
    {
        foreach (var rule in Rules)
        {
            if (rule.Matches(instrument))
            {
                return rule.Market;
            }
        }

        return null;
    }
}

/// <summary>One rule of <see cref="ItemMarkets"/>.</summary>
/// <param name="Prefix">How the instrument's name begins (<c>NSE:</c>), or null.</param>
/// <param name="Segment">Low byte of a numeric instrument token (Kite: 1 nse, 2 nfo, 7 mcx; pykiteconnect ticker.py), or null.</param>
/// <param name="Market">Market identifier code.</param>
public sealed record ItemMarketRule(string? Prefix, int? Segment, string Market)
{
    internal bool Matches(string instrument) => Prefix is not null
        ? instrument.StartsWith(Prefix, StringComparison.Ordinal)
        : ulong.TryParse(instrument, NumberStyles.None, CultureInfo.InvariantCulture, out var token) && (int)(token & 0xff) == Segment;
}
