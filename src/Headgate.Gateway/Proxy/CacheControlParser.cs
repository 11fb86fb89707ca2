using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>Request <c>Cache-Control</c> (RFC 9111 §5.2.1, RFC 5861), read leniently and to the safe side.</summary>
/// <remarks>
/// An unusable directive is ignored, an unusable <c>max-age</c> counts as 0. Of several the stricter holds. Values beyond 2³¹ seconds are cut to it, as
/// RFC 9111 §1.2.2 says.
/// </remarks>
internal static class CacheControlParser
{
    private const long SecondsMax = int.MaxValue;

    public static Freshness Parse(in StringValues lines)
    {
        var freshness = default(Freshness);
        foreach (var line in lines)
        {
            var rest = line.AsSpan();
            while (TryTake(ref rest, out var name, out var value, out var hasValue))
            {
                freshness = Apply(freshness, name, value, hasValue);
            }
        }

        return freshness;
    }

    private static Freshness Apply(Freshness freshness, ReadOnlySpan<char> name, ReadOnlySpan<char> value, bool hasValue)
    {
        if (Is(name, "max-age"))
        {
            return freshness with { MaxAge = Smaller(freshness.MaxAge, Seconds(value) ?? TimeSpan.Zero) };
        }

        if (Is(name, "no-cache"))
        {
            return freshness with { MaxAge = TimeSpan.Zero };
        }

        if (Is(name, "max-stale"))
        {
            var stale = hasValue ? Seconds(value) : TimeSpan.MaxValue;
            return stale is { } span ? freshness with { MaxStale = Smaller(freshness.MaxStale, span) } : freshness;
        }

        if (Is(name, "min-fresh"))
        {
            return Seconds(value) is { } span && !(freshness.MinFresh >= span) ? freshness with { MinFresh = span } : freshness;
        }

        if (Is(name, "stale-if-error"))
        {
            return Seconds(value) is { } span ? freshness with { StaleIfError = Smaller(freshness.StaleIfError, span) } : freshness;
        }

        if (Is(name, "only-if-cached"))
        {
            return freshness with { OnlyIfCached = true };
        }

        return Is(name, "no-store") ? freshness with { NoStore = true } : freshness;
    }

    /// <summary>Takes one directive off the list; quoted strings may hold commas.</summary>
    private static bool TryTake(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value, out bool hasValue)
    {
        rest = rest.TrimStart(" \t,");
        var end = EndOfDirective(rest);
        var directive = rest[..end].Trim(" \t");
        rest = rest[end..];
        var equals = directive.IndexOf('=');
        hasValue = equals >= 0;
        name = hasValue ? directive[..equals] : directive;
        value = hasValue ? directive[(equals + 1)..] : default;
        return !directive.IsEmpty;
    }

    private static int EndOfDirective(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when isQuoted:
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    return at;
                default:
                    break;
            }
        }

        return text.Length;
    }

    private static TimeSpan? Seconds(ReadOnlySpan<char> text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            text = text[1..^1];
        }

        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var isLong = !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return TimeSpan.FromSeconds(isLong ? SecondsMax : Math.Min(seconds, SecondsMax));
    }

    private static TimeSpan Smaller(TimeSpan? known, TimeSpan next) => known is { } span && span < next ? span : next;

    private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
