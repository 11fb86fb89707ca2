namespace Headgate.Gateway.Configuration;

/// <summary>Variables of the systems replaced that are set and mean something else here than they did.</summary>
public static class LegacyVariables
{
    /// <summary>One sentence each, for the log at the start. No secret is in them.</summary>
    /// <param name="read">Reads one variable.</param>
    /// <param name="dataDirectory">Where this gate keeps its state.</param>
    public static IReadOnlyList<string> Notes(Func<string, string?> read, string dataDirectory)
    {
        List<string> notes = [];
        if (read("REDIS_URL") is { Length: > 0 } url)
        {
            notes.Add($"REDIS_URL ({Redacted(url)}) is not used while the embedded store serves: budgets and entries are kept in {dataDirectory}.");
        }

        if (read("REDIS_HOST") is { Length: > 0 } || read("REDIS_PORT") is { Length: > 0 } || read("REDIS_DB") is { Length: > 0 })
        {
            var place = $"{Or(read("REDIS_HOST"), "localhost")}:{Or(read("REDIS_PORT"), "6379")} database {Or(read("REDIS_DB"), "0")}";
            notes.Add($"REDIS_HOST, REDIS_PORT, REDIS_DB ({place}) are not used by the gate while the embedded store serves; only strategy results go there, where strategies: cache is redis.");
        }

        if (IsTrue(read("QUESTRADE_ALLOW_TRADING")))
        {
            notes.Add("QUESTRADE_ALLOW_TRADING is not followed: the desk only reads from Questrade, and nothing in it can place, change or cancel an order. A client's own orders pass through the gate once each, as they always do.");
        }

        foreach (var name in (string[])["QUESTRADE_PRACTICE_MODE", "QUESTRADE_DEMO_MODE"])
        {
            if (read(name) is { Length: > 0 })
            {
                notes.Add($"{name} is not followed: Questrade is asked under the gate's own login, whichever account that is; emulated it is with --demo.");
            }
        }

        foreach (var name in (string[])["CRYPTOMETER_CACHE_DIR", "KINGFISHER_CACHE_DIR"])
        {
            if (read(name) is { Length: > 0 } directory && !dataDirectory.StartsWith(Path.GetFullPath(directory), StringComparison.Ordinal))
            {
                notes.Add($"{name} ({directory}) is not used: everything is kept in {dataDirectory}, which was named before it.");
            }
        }

        return notes;
    }

    /// <summary>Scheme, host, port and path; never user, password or parameters.</summary>
    private static string Redacted(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            return "not an address";
        }

        var secret = parsed.UserInfo.Length > 0 ? "***@" : "";
        return $"{parsed.Scheme}://{secret}{parsed.Host}{(parsed.Port >= 0 ? $":{parsed.Port}" : "")}{parsed.AbsolutePath.TrimEnd('/')}";
    }

    private static bool IsTrue(string? value) => value?.Trim().ToLowerInvariant() is "1" or "true" or "yes" or "on";

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
