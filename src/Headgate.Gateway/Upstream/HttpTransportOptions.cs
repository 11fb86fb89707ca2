using System.Net.Security;

namespace Headgate.Gateway.Upstream;

/// <summary>Bounds of the connections to upstreams. Immutable.</summary>
public sealed record HttpTransportOptions
{
    /// <summary>Kilobytes of one response's status line and headers together, 1 to 1,024; longer ones are a <c>protocol</c> fault. Default 64.</summary>
    public int HeadKilobytesMax { get; init; } = 64;

    /// <summary>Connections to one origin; further calls wait for one within their time-out. Default 512.</summary>
    public int ConnectionsPerOriginMax { get; init; } = 512;

    /// <summary>
    /// How long a connection may rest before it is closed. Default 20 s: shorter than the keep-alive of common upstreams (60 s and more), because
    /// a call that meets a connection its upstream is just closing is lost and charged: nothing here sends it again.
    /// </summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest life of a connection, so that a changed DNS record is seen. Default 5 min.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Judges an upstream's certificate instead of the platform's trust store; null (the default) leaves it to the platform.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }
}
