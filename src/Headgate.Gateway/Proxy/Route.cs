using Headgate.Catalogue;

namespace Headgate.Gateway.Proxy;

internal enum RouteKind
{
    /// <summary>To an upstream.</summary>
    Proxy,

    /// <summary>The gate's own pages and API.</summary>
    Own,

    /// <summary>No such provider.</summary>
    Unknown,

    /// <summary>The target is refused.</summary>
    Refused,
}

/// <summary>What a raw target means on a listener.</summary>
internal readonly record struct Route(RouteKind Kind, TargetVerdict Verdict = TargetVerdict.Ok, ProviderModel? Provider = null, string Target = "", string? Token = null);
