using System.Globalization;

namespace Headgate.Gateway.Proxy;

/// <summary>Texts of the numbers that hits repeat most, made once.</summary>
internal static class SmallNumbers
{
    private const int Known = 4_096;

    private static readonly string[] Texts = [.. Enumerable.Range(0, Known).Select(number => number.ToString(CultureInfo.InvariantCulture))];
    private static readonly string[] Hits = [.. Enumerable.Range(0, Known).Select(number => "headgate; hit; ttl=" + Texts[number])];

    public static string Text(long number) => number is >= 0 and < Known ? Texts[number] : number.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>Cache-Status</c> of a fresh hit.</summary>
    public static string Hit(long ttlSeconds) => ttlSeconds is >= 0 and < Known ? Hits[ttlSeconds] : "headgate; hit; ttl=" + Text(ttlSeconds);

    /// <summary>Whole seconds, rounded towards negative infinity, so that −0.3 s reads as stale.</summary>
    public static long FloorSeconds(TimeSpan span) =>
        span.Ticks >= 0 ? span.Ticks / TimeSpan.TicksPerSecond : -((-span.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    public static long CeilingSeconds(TimeSpan span) => (span.Ticks / TimeSpan.TicksPerSecond) + (span.Ticks % TimeSpan.TicksPerSecond > 0 ? 1 : 0);
}
