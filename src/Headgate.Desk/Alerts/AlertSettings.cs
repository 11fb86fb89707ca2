using Headgate.Catalogue;
using Headgate.Desk.Alerts.Channels;
using Headgate.Desk.Doors;
using Microsoft.Extensions.Configuration;

namespace Headgate.Desk.Alerts;

/// <summary>Where alerts go and how stubbornly: configuration section <c>desk:alerts</c>.</summary>
public sealed record AlertSettings
{
    /// <summary>Secret that holds the bot's token.</summary>
    public const string TokenSecret = "TELEGRAM_BOT_TOKEN";

    /// <summary>Setting, or environment variable, that names the chat.</summary>
    public const string ChatVariable = "TELEGRAM_CHAT_ID";

    /// <summary>Channels, separated by commas, the main one first: <c>telegram</c>, <c>webhook</c>, <c>console</c>. Default <c>telegram, console</c>.</summary>
    public string Channels { get; init; } = "telegram, console";

    /// <summary>The chat; null takes <c>TELEGRAM_CHAT_ID</c>.</summary>
    public string? TelegramChatId { get; init; }

    /// <summary>See <see cref="TelegramOptions.Deadline"/>. Default 60 s.</summary>
    public TimeSpan TelegramDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Product named in every message. Default <c>Headgate</c>.</summary>
    public string Product { get; init; } = "Headgate";

    /// <summary><c>desk:alerts:webhook</c>.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary><c>desk:alerts:delivery</c>.</summary>
    public AlertDeskOptions Delivery { get; init; } = new();

    /// <summary>Reads the section.</summary>
    /// <exception cref="FormatException">A value cannot be read or is out of its range; the message names each.</exception>
    public static AlertSettings From(IConfiguration configuration)
    {
        AlertSettings settings;
        try
        {
            settings = configuration.GetSection("desk:alerts").Get<AlertSettings>() ?? new AlertSettings();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"The section desk:alerts cannot be read: {error.InnerException?.Message ?? error.Message}", error);
        }

        settings = settings with { TelegramChatId = settings.TelegramChatId ?? configuration[ChatVariable] };
        var faults = Faults(settings).ToList();
        return faults.Count == 0 ? settings : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>The channels, in order.</summary>
    /// <param name="door">What they send through.</param>
    /// <param name="secrets">Where the bot's token is.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="providers">Names of the catalogue's providers: a webhook needs one of its own.</param>
    /// <exception cref="FormatException">A setting that a channel cannot do without is missing; the message names it. A desk must not start then.</exception>
    public IReadOnlyList<IAlertChannel> Make(IDeskDoor door, ISecretSource? secrets, TextWriter console, IEnumerable<string> providers)
    {
        List<string> missing = [];
        List<IAlertChannel> channels = [];
        foreach (var name in Names)
        {
            switch (name)
            {
                case "telegram":
                    var token = secrets?.Find(TokenSecret);
                    missing.AddRange(string.IsNullOrWhiteSpace(token) ? [$"{TokenSecret} is missing: set it in the environment or the secrets file."] : []);
                    missing.AddRange(string.IsNullOrWhiteSpace(TelegramChatId) ? [$"{ChatVariable} is missing: set it in the environment, or desk:alerts:telegramChatId."] : []);
                    channels.Add(new TelegramChannel(door, new TelegramOptions(token ?? "", TelegramChatId ?? "") { Deadline = TelegramDeadline, Product = Product }));
                    break;
                case "webhook":
                    missing.AddRange(providers.Contains(Webhook.Provider, StringComparer.OrdinalIgnoreCase)
                        ? [] : [$"The catalogue has no provider {Webhook.Provider}: add a definition of your receiver, or take webhook out of desk:alerts:channels."]);
                    channels.Add(new WebhookChannel(door, Webhook));
                    break;
                default:
                    channels.Add(new ConsoleChannel(console));
                    break;
            }
        }

        return missing.Count == 0 ? channels : throw new FormatException(string.Join(Environment.NewLine, missing));
    }

    private IReadOnlyList<string> Names => [.. Channels.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static name => name.ToLowerInvariant())];

    private static IEnumerable<string> Faults(AlertSettings settings)
    {
        if (settings.Names.Count == 0 || settings.Names.Distinct(StringComparer.Ordinal).Count() != settings.Names.Count || settings.Names.Any(static name => name is not ("telegram" or "webhook" or "console")))
        {
            yield return $"desk:alerts:channels is {settings.Channels}; expected telegram, webhook and console, each at most once and at least one.";
        }

        foreach (var (name, value) in new[]
        {
            ("repeatWithin", settings.Delivery.RepeatWithin), ("keepTryingFor", settings.Delivery.KeepTryingFor), ("raiseWait", settings.Delivery.RaiseWait),
        })
        {
            if (value < TimeSpan.Zero || value > TimeSpan.FromDays(365))
            {
                yield return $"desk:alerts:delivery:{name} is {value}; expected 0 to 365 days.";
            }
        }

        if (settings.Delivery.BackoffBase <= TimeSpan.Zero || settings.Delivery.BackoffMax < settings.Delivery.BackoffBase)
        {
            yield return $"desk:alerts:delivery:backoffBase is {settings.Delivery.BackoffBase} and :backoffMax {settings.Delivery.BackoffMax}; expected above 0, and the latter at least the former.";
        }

        if (settings.Delivery.RecoverMax < 1)
        {
            yield return $"desk:alerts:delivery:recoverMax is {settings.Delivery.RecoverMax}; expected 1 or more.";
        }
    }
}
