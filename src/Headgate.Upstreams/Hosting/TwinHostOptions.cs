using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Headgate.Upstreams.Hosting;

/// <summary>Where and how a twin listens.</summary>
public sealed record TwinHostOptions
{
    /// <summary>Address to listen on; default loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Serves https with this certificate; null, the default, serves http. Resets then cut the TLS connection below TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Answers <c>/_twin/…</c> (faults, counters, arrivals, reset); default on. Those requests are never counted.</summary>
    public bool Control { get; init; } = true;

    /// <summary>Longest request body taken; default 16 MiB, so that an image of 10 MB passes.</summary>
    public int RequestBytesMax { get; init; } = 16 << 20;
}
