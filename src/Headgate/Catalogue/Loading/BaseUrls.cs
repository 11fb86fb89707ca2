namespace Headgate.Catalogue;

/// <summary>Addresses of upstreams.</summary>
internal static class BaseUrls
{
    public static bool TryParse(string text, out Uri? uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri) && IsUsable(uri);

    /// <summary>http or https, a host, no query, fragment or user; a path prefix is allowed.</summary>
    public static bool IsUsable(Uri uri) =>
        uri.IsAbsoluteUri
        && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0
        && uri.UserInfo.Length == 0
        && uri.Query.Length == 0
        && uri.Fragment.Length == 0;

    /// <summary>The path prefix of every call, without a trailing slash; empty for most providers.</summary>
    public static string Prefix(Uri baseUrl) => baseUrl.AbsolutePath.TrimEnd('/');
}
