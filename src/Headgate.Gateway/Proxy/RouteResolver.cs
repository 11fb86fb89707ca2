using System.Collections.Frozen;
using Headgate.Catalogue;
using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Proxy;

/// <summary>Finds out where a raw target leads. Pure.</summary>
internal sealed class RouteResolver(GatewayOptions options)
{
    // Never provider names. The underscored ones and favicon.ico are what browsers ask for beside the dashboard.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Reserved =
        new[] { "", "api", "metrics", "health", "openapi", "docs", "dashboard", "_framework", "_blazor", "_content", "favicon.ico" }
            .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public Route Resolve(string raw, GatewayListener listener, CatalogueModel catalogue)
    {
        var verdict = TargetRules.Check(raw, options.PathBytesMax, options.QueryBytesMax);
        if (verdict != TargetVerdict.Ok)
        {
            return new Route(RouteKind.Refused, verdict, listener.Provider is null ? null : catalogue.Find(listener.Provider));
        }

        var rest = raw.AsSpan();
        string? token = null;
        if (TryTake(rest, "t", out var afterPrefix))
        {
            // /t/{token}/…: for SDKs that can change nothing but their base URL.
            var text = Segment(afterPrefix, out rest);
            token = text.ToString();
        }

        if (listener.Provider is { } mounted)
        {
            return catalogue.Find(mounted) is { } only ? new Route(RouteKind.Proxy, Provider: only, Target: TargetOf(raw, rest), Token: token) : new Route(RouteKind.Unknown);
        }

        var name = Segment(rest, out var below);
        if (Reserved.Contains(name))
        {
            return token is null ? new Route(RouteKind.Own) : new Route(RouteKind.Unknown);
        }

        return catalogue.Find(name) is { } provider
            ? new Route(RouteKind.Proxy, Provider: provider, Target: TargetOf(raw, below), Token: token)
            : new Route(RouteKind.Unknown);
    }

    private static bool TryTake(ReadOnlySpan<char> target, string first, out ReadOnlySpan<char> rest) =>
        Segment(target, out rest).SequenceEqual(first) && !rest.IsEmpty && rest[0] == '/';

    /// <summary>The first segment, and what follows it from its slash or question mark on.</summary>
    private static ReadOnlySpan<char> Segment(ReadOnlySpan<char> target, out ReadOnlySpan<char> rest)
    {
        var start = target.IsEmpty || target[0] != '/' ? 0 : 1;
        var length = target[start..].IndexOfAny('/', '?');
        rest = length < 0 ? default : target[(start + length)..];
        return length < 0 ? target[start..] : target.Slice(start, length);
    }

    /// <summary>What is left below a prefix: one slash, whether the prefix was written with a trailing slash or without.</summary>
    private static string TargetOf(string raw, ReadOnlySpan<char> rest)
    {
        var slashes = rest.IndexOfAnyExcept('/');
        slashes = slashes < 0 ? rest.Length : slashes;
        if (slashes == 1 && rest.Length == raw.Length)
        {
            return raw;
        }

        return slashes == 1 ? rest.ToString() : string.Concat("/", rest[slashes..]);
    }
}
