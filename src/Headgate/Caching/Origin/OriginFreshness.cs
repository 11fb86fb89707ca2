using System.Globalization;
using Headgate.Upstream;

namespace Headgate.Caching;

/// <summary>Lifetime and age of a response by its own headers (RFC 9111 §4.2). Pure.</summary>
internal static class OriginFreshness
{
    /// <summary>Of the time since its last change a response may live this share unasked (§4.2.2 suggests a tenth).</summary>
    private const int HeuristicShare = 10;

    /// <summary>No guess goes beyond a day: what changed years ago may still change tomorrow.</summary>
    private static readonly TimeSpan HeuristicMax = TimeSpan.FromDays(1);

    /// <summary>
    /// The directives that govern: those of a field aimed at gateways (RFC 9213; <c>Surrogate-Control</c> is its older form) where it states any that are
    /// known, else <c>Cache-Control</c>.
    /// </summary>
    public static ResponseDirectives DirectivesFor(IReadOnlyList<HeaderField> headers) => Targeted(headers) ?? ResponseDirectives.Of(headers);

    /// <summary>Does the response state a lifetime itself, even a past one?</summary>
    public static bool IsExplicit(IReadOnlyList<HeaderField> headers, ResponseDirectives directives) =>
        directives.SharedMaxAge is not null || directives.MaxAge is not null || (Targeted(headers) is null && Find(headers, "Expires") is not null);

    /// <summary>How long the response is fresh, counted from its making.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="receivedAt">Wall clock; stands in for a missing or unreadable <c>Date</c>.</param>
    public static TimeSpan Lifetime(int status, IReadOnlyList<HeaderField> headers, DateTimeOffset receivedAt)
    {
        var targeted = Targeted(headers);
        var directives = targeted ?? ResponseDirectives.Of(headers);
        if (directives.NoCache || HasBadAge(headers))
        {
            return TimeSpan.Zero;
        }

        if ((directives.SharedMaxAge ?? directives.MaxAge) is { } stated)
        {
            return stated;
        }

        var date = HttpDate.Parse(Find(headers, "Date")) ?? receivedAt;
        if (targeted is null && Find(headers, "Expires") is not null)
        {
            return Only(headers, "Expires") is { } expires && HttpDate.Parse(expires) is { } until && until > date ? until - date : TimeSpan.Zero;
        }

        return Heuristic(status, headers, directives, date);
    }

    /// <summary>The corrected age at the moment the head was received (§4.2.3).</summary>
    /// <param name="headers">The response's.</param>
    /// <param name="delay">From send to head.</param>
    /// <param name="receivedAt">Wall clock.</param>
    public static TimeSpan CorrectedAge(IReadOnlyList<HeaderField> headers, TimeSpan delay, DateTimeOffset receivedAt)
    {
        var stated = (Age(headers) ?? TimeSpan.Zero) + delay;
        // A second of difference is the resolution of Date, not an age.
        var apparent = HttpDate.Parse(Find(headers, "Date")) is { } date ? receivedAt - date - TimeSpan.FromSeconds(1) : TimeSpan.Zero;
        return apparent > stated ? apparent : stated;
    }

    /// <summary>A strong or weak tag, or a date: what a later request can ask the origin by; null when there is none.</summary>
    public static HeaderField? Validator(IReadOnlyList<HeaderField> headers) =>
        Find(headers, "ETag") is { } tag ? new HeaderField("If-None-Match", tag)
        : Find(headers, "Last-Modified") is { } modified ? new HeaderField("If-Modified-Since", modified)
        : null;

    public static string? Find(IReadOnlyList<HeaderField> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Is(name))
            {
                return header.Value;
            }
        }

        return null;
    }

    private static TimeSpan Heuristic(int status, IReadOnlyList<HeaderField> headers, ResponseDirectives directives, DateTimeOffset date)
    {
        if (!(OriginRules.IsHeuristic(status) || directives.Public) || HttpDate.Parse(Find(headers, "Last-Modified")) is not { } modified || modified >= date)
        {
            return TimeSpan.Zero;
        }

        var guess = (date - modified) / HeuristicShare;
        return guess < HeuristicMax ? guess : HeuristicMax;
    }

    private static ResponseDirectives? Targeted(IReadOnlyList<HeaderField> headers)
    {
        foreach (var field in (ReadOnlySpan<string>)["Surrogate-Control", "CDN-Cache-Control"])
        {
            var found = ResponseDirectives.Of(headers, field);
            if (found.NoStore || found.NoCache || found.Private || found.MaxAge is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static TimeSpan? Age(IReadOnlyList<HeaderField> headers) =>
        Only(headers, "Age") is { } text && long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue))
            : null;

    // Who cannot say how old it is may be too old.
    private static bool HasBadAge(IReadOnlyList<HeaderField> headers) => Find(headers, "Age") is not null && Age(headers) is null;

    /// <summary>The value of a field that stands there once.</summary>
    private static string? Only(IReadOnlyList<HeaderField> headers, string name)
    {
        string? found = null;
        foreach (var header in headers)
        {
            if (header.Is(name))
            {
                if (found is not null)
                {
                    return null;
                }

                found = header.Value;
            }
        }

        return found;
    }
}
