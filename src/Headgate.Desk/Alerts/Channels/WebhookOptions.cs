namespace Headgate.Desk.Alerts.Channels;

/// <summary>What a webhook's receiver wants to read.</summary>
public enum WebhookFormat
{
    /// <summary>All of the alert as JSON.</summary>
    Headgate,

    /// <summary><c>{"content": …}</c>, at most 2,000 characters (Discord developer docs, webhooks, read 2026-11-20).</summary>
    Discord,

    /// <summary><c>{"text": …}</c> (Slack, incoming webhooks).</summary>
    Slack,
}

/// <summary>Where webhook calls go.</summary>
/// <remarks>
/// The gate follows nobody to a host its catalogue does not name, so a receiver is a provider definition of the user's own; <c>docs/desk/alerts.md</c> has one.
/// </remarks>
public sealed record WebhookOptions
{
    /// <summary>Catalogue name of the provider. Default <c>webhook</c>.</summary>
    public string Provider { get; init; } = "webhook";

    /// <summary>Path and query below the provider. Default <c>/</c>.</summary>
    public string Target { get; init; } = "/";

    /// <summary>Default <see cref="WebhookFormat.Headgate"/>.</summary>
    public WebhookFormat Format { get; init; }

    /// <summary>Bounds waiting and call together. Default 30 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
}
