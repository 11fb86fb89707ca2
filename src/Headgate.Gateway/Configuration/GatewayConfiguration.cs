using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Configuration;

/// <summary>Composes configuration in the order of design §5: <c>HEADGATE_…</c> over the replaced systems' names over the file.</summary>
public static class GatewayConfiguration
{
    private const string Prefix = "HEADGATE_";

    /// <summary>Names of the replaced systems and of the platform, and what they set here.</summary>
    private static readonly IReadOnlyList<(string Name, string Key)> Legacy =
    [
        ("ASPNETCORE_URLS", "url"),
        ("QUOTE_CACHE_TTL_SECONDS", "quoteCacheTtlSeconds"),
        ("REDIS_HOST", "strategies:redisHost"),
        ("REDIS_PORT", "strategies:redisPort"),
        ("REDIS_DB", "strategies:redisDb"),
        ("ENABLE_API_COORDINATOR", "enableApiCoordinator"),
        ("ENABLE_RISE_ALERTS", "desk:stock:riseAlerts"),
        ("VOLUME_MIN_HISTORY", "desk:stock:volumeMinHistory"),
        ("ENABLE_1MIN_ALERTS", "desk:onemin:enabled"),
        ("ENABLE_TIERED_SIGNALS", "desk:options:vetoes:enableTieredSignals"),
        ("CPR_VETO_MODE", "desk:options:vetoes:cprVetoMode"),
        ("TELEGRAM_CHAT_ID", "desk:alerts:telegramChatId"),
        ("ATR_ENTRY_MULTIPLIER", "desk:atr:entryMultiplier"),
        ("ATR_FILTER_CONTRACTION", "desk:atr:filterContraction"),
        ("ATR_FRIDAY_EXIT", "desk:atr:fridayExit"),
    ];

    /// <summary>Reads the environment and, when there is one, the file.</summary>
    /// <param name="environment">Variables by name; the first of two that differ in case only is taken.</param>
    /// <param name="file">Path of <c>headgate.yaml</c>, or null for none.</param>
    /// <exception cref="FormatException">The file is not YAML; the message names file and line.</exception>
    public static IConfigurationRoot Build(IEnumerable<KeyValuePair<string, string?>> environment, string? file)
    {
        var own = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var legacy = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                own.TryAdd(name[Prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), value);
            }
            else if (Legacy.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)).Key is { } key)
            {
                legacy.TryAdd(key, value);
            }
        }

        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.Add(new YamlConfigurationSource(file));
        }

        return builder.AddInMemoryCollection(legacy).AddInMemoryCollection(own).Build();
    }
}
