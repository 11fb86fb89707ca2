using System.Globalization;
using System.Text;

namespace Headgate.Strategies.Live;

/// <summary>Looks tokens up in Kite's instruments dump: CSV whose first columns are instrument_token, exchange_token, tradingsymbol (docs, read 2026-11-20).</summary>
internal static class KiteInstruments
{
    private const int SymbolColumn = 2;

    /// <summary>Kite's name of an underlying: indices have names of their own, shares are listed as their derivatives call them.</summary>
    public static string Listing(string symbol) => symbol switch
    {
        "NIFTY" => "NIFTY 50",
        "BANKNIFTY" => "NIFTY BANK",
        "FINNIFTY" => "NIFTY FIN SERVICE",
        "MIDCPNIFTY" => "NIFTY MID SELECT",
        "NIFTYNXT50" => "NIFTY NEXT 50",
        _ => symbol,
    };

    /// <returns>The token, or null when the symbol is not listed.</returns>
    /// <exception cref="InvalidDataException">The dump is not what it was.</exception>
    public static uint? TokenOf(ReadOnlySpan<byte> dump, string listing)
    {
        if (!dump.StartsWith("instrument_token,exchange_token,tradingsymbol,"u8))
        {
            throw new InvalidDataException($"{GateReader.Provider}: the instruments dump has an unknown header");
        }

        var wanted = Encoding.UTF8.GetBytes(listing);
        foreach (var range in dump.Split((byte)'\n'))
        {
            var line = dump[range];
            var column = 0;
            foreach (var field in line.Split((byte)','))
            {
                if (column++ == SymbolColumn)
                {
                    if (line[field].Trim("\"\r"u8).SequenceEqual(wanted))
                    {
                        return uint.Parse(line[..line.IndexOf((byte)',')], NumberStyles.None, CultureInfo.InvariantCulture);
                    }

                    break;
                }
            }
        }

        return null;
    }
}
