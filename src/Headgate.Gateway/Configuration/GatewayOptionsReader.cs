using System.Globalization;
using Headgate.Catalogue;
using Headgate.Gateway.Operations;
using Microsoft.Extensions.Configuration;

namespace Headgate.Gateway.Configuration;

/// <summary>Reads <see cref="GatewayOptions"/> from configuration. All errors are collected, each naming key and value.</summary>
public sealed class GatewayOptionsReader
{
    // Of the file: variables named HEADGATE_… may also be somebody else's.
    private static readonly string[] Sections =
    [
        "url", "providers", "clients", "refresh", "mode", "logging", "hosts", "tokenFile", "token_file", "bodyBytesMax", "queryBytesMax", "pathBytesMax", "connectionsMax", "plansMax", "deadlineMax",
        "uploadMax", "Kestrel", "strategies", "desk", "quoteCacheTtlSeconds", "enableApiCoordinator",
    ];

    private static readonly string[] OfProvider = ["baseUrl", "listen", "errors", "profile"];

    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private readonly IConfiguration _configuration;
    private readonly IReadOnlyCollection<string> _providers;

    private GatewayOptionsReader(IConfiguration configuration, IReadOnlyCollection<string> providers)
    {
        _configuration = configuration;
        _providers = providers;
    }

    /// <summary>Reads the options.</summary>
    /// <param name="configuration">From <see cref="GatewayConfiguration.Build"/>.</param>
    /// <param name="providers">Names in the catalogue: settings for others warn and are ignored.</param>
    /// <param name="warn">Is told each warning.</param>
    /// <exception cref="FormatException">Settings cannot be used; the message lists them all.</exception>
    public static GatewayOptions Read(IConfiguration configuration, IReadOnlyCollection<string> providers, Action<string> warn)
    {
        var reader = new GatewayOptionsReader(configuration, providers);
        var options = reader.Read();
        foreach (var warning in reader._warnings)
        {
            warn(warning);
        }

        return reader._errors.Count == 0 ? options : throw new FormatException(string.Join(Environment.NewLine, reader._errors));
    }

    private GatewayOptions Read()
    {
        var defaults = new GatewayOptions();
        WarnOfUnknown("", YamlConfigurationSource.Sections(_configuration), Sections);
        return new GatewayOptions
        {
            Listen = Value("url") is { } url ? Try(() => ListenAddress.ParseMany(url), defaults.Listen) : defaults.Listen,
            Providers = ReadProviders(),
            Clients = ReadClients(),
            Hosts = [.. ReadList("hosts")],
            TokenFile = Value("tokenFile") ?? Value("token_file"),
            BodyBytesMax = Integer("bodyBytesMax", defaults.BodyBytesMax, 0, 1 << 30),
            UploadMax = Duration("uploadMax", Value("uploadMax")) ?? defaults.UploadMax,
            QueryBytesMax = Integer("queryBytesMax", defaults.QueryBytesMax, 1, 48 << 10),
            PathBytesMax = Integer("pathBytesMax", defaults.PathBytesMax, 1, 12 << 10),
            ConnectionsMax = Integer("connectionsMax", defaults.ConnectionsMax, 1, 1_000_000),
            PlansMax = Integer("plansMax", defaults.PlansMax, 16, 1_000_000),
            DeadlineMax = Duration("deadlineMax", Value("deadlineMax")) ?? defaults.DeadlineMax,
            Mode = ReadMode(),
            Kestrel = _configuration.GetSection("Kestrel"),
        };
    }

    private void WarnOfUnknown(string prefix, IEnumerable<string> found, string[] known) =>
        _warnings.AddRange(found.Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)).Select(key => $"{prefix}{key} is not a setting; it is ignored. There are {string.Join(", ", known)}."));

    private GateMode? ReadMode()
    {
        if (Value("mode") is { } mode)
        {
            return ModeStore.Parse(mode) ?? Fault($"mode is {mode}; expected on, shadow or bypass.");
        }

        return Value("enableApiCoordinator")?.ToLowerInvariant() switch
        {
            null or "true" or "1" or "yes" or "on" => null,
            "false" or "0" or "no" or "off" => GateMode.Bypass,
            var other => Fault($"ENABLE_API_COORDINATOR is {other}; expected true or false."),
        };

        GateMode? Fault(string error)
        {
            _errors.Add(error);
            return null;
        }
    }

    private Dictionary<string, ProviderSettings> ReadProviders()
    {
        var found = new Dictionary<string, ProviderSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in _configuration.GetSection("providers").GetChildren())
        {
            // Environment variables cannot hold a hyphen: an underscore stands for it.
            var name = _providers.FirstOrDefault(known => IsSame(known, section.Key));
            if (name is null)
            {
                _warnings.Add($"providers:{section.Key} is not in the catalogue; its settings are ignored.");
                continue;
            }

            WarnOfUnknown($"{section.Path}:", section.GetChildren().Select(static child => child.Key), OfProvider);
            var baseUrl = section["baseUrl"];
            var listen = section["listen"];
            var known = found.GetValueOrDefault(name) ?? new ProviderSettings();
            found[name] = known with
            {
                BaseUrl = baseUrl is null ? known.BaseUrl : BaseUrl(section.Key, baseUrl),
                Listen = string.IsNullOrWhiteSpace(listen) ? known.Listen : Try<ListenAddress?>(() => ListenAddress.Parse(listen), null),
                Errors = section["errors"] is { } errors ? Errors($"{section.Path}:errors", errors) : known.Errors,
            };
        }

        return found;
    }

    private Dictionary<string, ClientProfile> ReadClients()
    {
        var found = new Dictionary<string, ClientProfile>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in _configuration.GetSection("clients").GetChildren())
        {
            found[section.Key] = ReadClient(section);
        }

        if (Value("quoteCacheTtlSeconds") is { } seconds)
        {
            var ttl = Duration("QUOTE_CACHE_TTL_SECONDS", seconds);
            var profile = found.GetValueOrDefault("default") ?? new ClientProfile();
            var endpoints = new Dictionary<string, ProfileFreshness>(profile.Endpoints, StringComparer.OrdinalIgnoreCase);
            foreach (var id in (string[])["kite.quote", "kite.quote-ohlc", "kite.quote-ltp"])
            {
                endpoints.TryAdd(id, new ProfileFreshness(ttl, null));
            }

            found["default"] = profile with { Endpoints = endpoints };
        }

        return found;
    }

    private ClientProfile ReadClient(IConfigurationSection section)
    {
        var endpoints = new Dictionary<string, ProfileFreshness>(StringComparer.OrdinalIgnoreCase);
        int? urgency = null;
        ErrorStyle? errors = null;
        foreach (var setting in section.GetChildren())
        {
            switch (setting.Key.ToLowerInvariant())
            {
                case "urgency":
                    urgency = Urgency(setting);
                    break;
                case "errors":
                    errors = Errors(setting.Path, setting.Value);
                    break;
                case var id when id.Contains('.', StringComparison.Ordinal):
                    if (!_providers.Any(known => IsSame(known, id[..id.IndexOf('.', StringComparison.Ordinal)])))
                    {
                        _warnings.Add($"{setting.Path} names a provider that is not in the catalogue; it is ignored.");
                    }

                    endpoints[setting.Key] = new ProfileFreshness(
                        Duration($"{setting.Path}:ttl", setting["ttl"]), Duration($"{setting.Path}:stale", setting["stale"]));
                    break;
                default:
                    _warnings.Add($"{setting.Path} is not a setting of a client profile; it is ignored.");
                    break;
            }
        }

        return new ClientProfile { Urgency = urgency, Errors = errors, Endpoints = endpoints };
    }

    private int? Urgency(IConfigurationSection setting)
    {
        if (int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var urgency) && urgency <= 7)
        {
            return urgency;
        }

        _errors.Add($"{setting.Path} is '{setting.Value}'; expected 0..7.");
        return null;
    }

    private ErrorStyle Errors(string path, string? value)
    {
        if (Enum.TryParse<ErrorStyle>(value, ignoreCase: true, out var style) && Enum.IsDefined(style))
        {
            return style;
        }

        _errors.Add($"{path} is '{value}'; expected problem or dialect.");
        return default;
    }

    private Uri? BaseUrl(string provider, string text)
    {
        if (Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0)
        {
            return url;
        }

        _errors.Add($"providers:{provider}:baseUrl is '{text}'; expected http(s)://host[:port][/path].");
        return null;
    }

    private TimeSpan? Duration(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        _errors.Add($"{key} is '{text}'; expected a duration such as 500ms, 2s or 10m.");
        return null;
    }

    private int Integer(string key, int fallback, int from, int to)
    {
        if (Value(key) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
        {
            return value;
        }

        _errors.Add($"{key} is '{text}'; expected {from}..{to}.");
        return fallback;
    }

    private IEnumerable<string> ReadList(string key) =>
        Value(key) is { } text
            ? text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : _configuration.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>();

    private T Try<T>(Func<T> parse, T fallback)
    {
        try
        {
            return parse();
        }
        catch (FormatException error)
        {
            _errors.Add(error.Message);
            return fallback;
        }
    }

    private string? Value(string key) => string.IsNullOrWhiteSpace(_configuration[key]) ? null : _configuration[key];

    private static bool IsSame(string provider, string key) =>
        string.Equals(provider.Replace('_', '-'), key.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);
}
