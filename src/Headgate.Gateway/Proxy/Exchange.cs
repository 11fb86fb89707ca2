using Headgate.Catalogue;
using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Proxy;

/// <summary>One proxied request on its way through the edge.</summary>
/// <param name="Context">Kestrel's context.</param>
/// <param name="Lane">Its connection's memory.</param>
/// <param name="Provider">Where it goes.</param>
/// <param name="RequestId">Names it in explanations.</param>
/// <param name="Errors">Form of the gate's own errors for this asker.</param>
internal readonly record struct Exchange(HttpContext Context, Lane Lane, ProviderModel Provider, long RequestId, ErrorStyle Errors)
{
    public bool IsHead => HttpMethods.IsHead(Context.Request.Method);
}
