using Headgate.Gateway.Proxy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway;

/// <summary>What the requests of one connection share, one after the other.</summary>
internal sealed class EdgeContext(IFeatureCollection features)
{
    public IFeatureCollection Features { get; } = features;

    public DefaultHttpContext Http { get; } = new(features);

    public Lane Lane { get; } = features.Get<Lane>() ?? throw new InvalidOperationException("Requests come through a listener of the gate.");
}
