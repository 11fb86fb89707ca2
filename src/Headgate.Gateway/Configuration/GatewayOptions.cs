using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Configuration;

/// <summary>Settings of the HTTP edge. Immutable; read from configuration by <see cref="GatewayOptionsReader"/>.</summary>
public sealed record GatewayOptions
{
    /// <summary>Main addresses; default <c>http://127.0.0.1:7070</c>.</summary>
    public IReadOnlyList<ListenAddress> Listen { get; init; } = [new ListenAddress(IsHttps: false, "127.0.0.1", 7070)];

    /// <summary>By provider name, ignoring case.</summary>
    public IReadOnlyDictionary<string, ProviderSettings> Providers { get; init; } = new Dictionary<string, ProviderSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By client name, ignoring case; <c>default</c> is for clients without a profile of their own.</summary>
    public IReadOnlyDictionary<string, ClientProfile> Clients { get; init; } = new Dictionary<string, ClientProfile>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Host names beyond loopback names and bound addresses by which the gate may be called where it matters (see docs/http.md).</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>File of hashed client tokens; null for none, which is allowed on loopback only.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Longest request body in bytes; longer ones are refused with 413. Default 8 MiB.</summary>
    public int BodyBytesMax { get; init; } = 8 << 20;

    /// <summary>
    /// How long a client that waited for <c>100 (Continue)</c> may take for its body, since a permit is held for it meanwhile; slower ones get 408 and
    /// the permit is given back. Default 5 s.
    /// </summary>
    public TimeSpan UploadMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest query in bytes; longer ones are refused with 414. Default 32 KiB.</summary>
    public int QueryBytesMax { get; init; } = 32 << 10;

    /// <summary>Longest path in bytes; longer ones are refused with 414. Default 8 KiB.</summary>
    public int PathBytesMax { get; init; } = 8 << 10;

    /// <summary>Open client connections; further ones are closed at once. Default 10,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Plans remembered, so that a repeated request is not parsed again. Default 8,192.</summary>
    public int PlansMax { get; init; } = 8_192;

    /// <summary>Longest deadline a client may state; longer ones are cut to it. Default 5 min.</summary>
    public TimeSpan DeadlineMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The gate's mode for this run, before any set at run time; null for what was set. <c>ENABLE_API_COORDINATOR=false</c> is bypass.</summary>
    public Catalogue.GateMode? Mode { get; init; }

    /// <summary>The <c>Kestrel</c> section: certificates of <c>https</c> addresses. Null for none.</summary>
    public IConfiguration? Kestrel { get; init; }

    /// <summary>A certificate for <c>https</c> addresses given in code, before the <see cref="Kestrel"/> section's. Null for none.</summary>
    public System.Security.Cryptography.X509Certificates.X509Certificate2? Certificate { get; init; }
}
