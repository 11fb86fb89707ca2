using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Security;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// What one client connection remembers of its last request: clients repeat themselves, and Kestrel hands out the same strings again when they do.
/// </summary>
/// <remarks>HTTP/1.1 carries one request at a time on a connection, so nothing here is shared between threads at once.</remarks>
internal sealed class Lane(GatewayListener listener)
{
    public GatewayListener Listener { get; } = listener;

    public LazyHeaders Headers { get; } = new();

    /// <summary>The last target and what it meant, valid under the catalogue it was resolved by.</summary>
    public CatalogueModel? Catalogue { get; set; }

    public string? RawTarget { get; set; }

    public Route Route { get; set; }

    /// <summary>The last plan, and what it was made from besides the target.</summary>
    public RequestPlan? Plan { get; set; }

    public string? PlanMethod { get; set; }

    public string? PlanCredentials { get; set; }

    public ClientRequest? HitRequest { get; set; }

    /// <summary>The last directives parsed.</summary>
    public string? CacheControl { get; set; }

    public Freshness Stated { get; set; }

    /// <summary>The last token shown and what it allows.</summary>
    public string? TokenText { get; set; }

    public ClientToken? Token { get; set; }

    public string? RemoteName { get; set; }

    /// <summary>The last client profile looked up.</summary>
    public string? ProfileName { get; set; }

    public ClientProfile? Profile { get; set; }

    /// <summary>The last entry answered, and its tag.</summary>
    public Caching.Entry? Entry { get; set; }

    public string? EntryTag { get; set; }

    private string? _acceptEncoding;
    private string? _storedCoding;
    private string? _coding;

    /// <summary>The coding in which this client gets a body stored in one; null when it takes none.</summary>
    public string? CodingFor(in StringValues acceptEncoding, string stored)
    {
        if (acceptEncoding.Count > 1)
        {
            return Codings.Choose(acceptEncoding, stored);
        }

        string? line = acceptEncoding;
        if (!string.Equals(stored, _storedCoding, StringComparison.Ordinal) || !string.Equals(line, _acceptEncoding, StringComparison.Ordinal))
        {
            (_acceptEncoding, _storedCoding, _coding) = (line, stored, Codings.Choose(acceptEncoding, stored));
        }

        return _coding;
    }

    public Freshness StatedBy(in StringValues cacheControl)
    {
        if (cacheControl.Count == 0)
        {
            return default;
        }

        if (cacheControl.Count > 1)
        {
            return CacheControlParser.Parse(cacheControl);
        }

        var line = cacheControl[0];
        if (!string.Equals(line, CacheControl, StringComparison.Ordinal))
        {
            Stated = CacheControlParser.Parse(cacheControl);
            CacheControl = line;
        }

        return Stated;
    }
}
