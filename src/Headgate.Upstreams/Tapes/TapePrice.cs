namespace Headgate.Upstreams.Tapes;

/// <summary>Number text of computed prices: no trailing zeros, as providers print them.</summary>
internal static class TapePrice
{
    /// <summary>Units of 10^-decimals as a price without trailing zeros: (141295, 2) is 1412.95, (139600, 2) is 1396.</summary>
    public static decimal FromUnits(long units, int decimals)
    {
        var power = 1m;
        for (var i = 0; i < decimals; i++)
        {
            power *= 10m;
        }

        return Trim(units / power);
    }

    public static decimal Round(decimal value, int decimals) => Trim(Math.Round(value, decimals, MidpointRounding.AwayFromZero));

    /// <summary>The same value without trailing zeros after the point.</summary>
    public static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>The multiple of a tick nearest to a value.</summary>
    public static decimal ToTick(decimal value, decimal tick) => Trim(Math.Round(value / tick, MidpointRounding.AwayFromZero) * tick);
}
