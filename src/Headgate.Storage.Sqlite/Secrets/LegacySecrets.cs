namespace Headgate.Storage.Sqlite;

/// <summary>Secrets that the systems replaced kept in variables of their own; each is also found there.</summary>
public static class LegacySecrets
{
    /// <summary>Older variable by secret name; the two are the same, because definitions name secrets as their users always have.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        ((string[])["ALPHA_VANTAGE_API_KEY", "FINNHUB_API_KEY", "NEWSAPI_KEY", "QUESTRADE_REFRESH_TOKEN", "CRYPTOMETER_API_KEY", "TELEGRAM_BOT_TOKEN"])
        .ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
}
