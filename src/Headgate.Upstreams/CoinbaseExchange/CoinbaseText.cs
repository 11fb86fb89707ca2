using System.Globalization;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseExchange;

/// <summary>Numbers are strings with a fixed number of places, times ISO 8601 in UTC.</summary>
internal static class CoinbaseText
{
    public static string Price(decimal price, decimal increment) =>
        price.ToString("F" + increment.Scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Size(decimal size) => size.ToString("F8", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The smallest price step of a product: a hundredth of a percent of its price or less, a power of ten.</summary>
    public static decimal Increment(decimal price)
    {
        var increment = 0.01m;
        while (increment > price / 1000 && increment.Scale < 8)
        {
            increment *= 0.1m;
        }

        return increment;
    }

    /// <summary>A UUID that follows from its parts.</summary>
    public static string Id(string kind, string owner, long number)
    {
        var high = SyntheticPath.Hash($"{kind}/{owner}");
        var low = unchecked(SyntheticPath.Mix(high + (ulong)number));
        return string.Create(CultureInfo.InvariantCulture, $"{high >> 32:x8}-{(high >> 16) & 0xffff:x4}-4{high & 0xfff:x3}-a{(low >> 48) & 0xfff:x3}-{low & 0xffffffffffff:x12}");
    }
}
