using Headgate.Catalogue;
using Headgate.Gateway.Configuration;

namespace Headgate.Hosting;

/// <summary>Settings of a gate inside a .NET program.</summary>
public sealed class HeadgateOptions
{
    /// <summary>Where budgets, entries and candles are kept, held by one process at a time. Default: <see cref="Storage.Sqlite.DataDirectory.DefaultPath"/>.</summary>
    public string DataDirectory { get; set; } = Storage.Sqlite.DataDirectory.DefaultPath();

    /// <summary>Files and directories of definitions laid over the shipped ones, in this order (docs/catalogue.md). Default none.</summary>
    public IList<string> Catalogue { get; } = [];

    /// <summary>Upstream addresses by provider, ignoring case; they go before <c>HEADGATE_PROVIDERS__NAME__BASEURL</c>. Default none: the catalogue's.</summary>
    public IDictionary<string, Uri> BaseUrls { get; } = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Client profiles by client name, ignoring case; they go before the environment's. Default none.</summary>
    public IDictionary<string, ClientProfile> Clients { get; } = new Dictionary<string, ClientProfile>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asked before the environment and the secrets file of the data directory; null asks nobody else.</summary>
    public ISecretSource? Secrets { get; set; }

    /// <summary>Bounds of the engine.</summary>
    public EngineOptions Engine { get; set; } = new();

    /// <summary>Read by the engine and the upstream calls. Default: the system's clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
