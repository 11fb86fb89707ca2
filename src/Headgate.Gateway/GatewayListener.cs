using System.Net;
using Headgate.Gateway.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway;

/// <summary>One address the gate listens on: the main one, or a provider's own with the provider at <c>/</c>.</summary>
/// <param name="Address">As configured.</param>
/// <param name="Provider">The only provider served, or null for the main addresses.</param>
/// <param name="Errors">Form of the gate's own errors.</param>
public sealed record GatewayListener(ListenAddress Address, string? Provider, ErrorStyle Errors)
{
    /// <summary>Callers must show a client token here.</summary>
    public bool RequiresToken => !Address.IsLoopback;

    /// <summary>Where it can be reached once the gate has started, with the port the system chose.</summary>
    public Uri Url
    {
        get
        {
            var port = Bound?.EndPoint is IPEndPoint endpoint ? endpoint.Port : Address.Port;
            var host = Address.IsAny ? "127.0.0.1" : Address.Host;
            return new Uri((Address with { Host = host, Port = port }).ToString());
        }
    }

    internal ListenOptions? Bound { get; set; }
}
