namespace Headgate.Upstreams.Limits;

/// <summary>All limiters of a twin, one per rule and key; a call takes its permits of every rule or of none.</summary>
internal sealed class LimitTable(IReadOnlyList<LimitRule> rules)
{
    // A flood of invented keys must not grow the table; beyond the bound they share one.
    private const int KeysMax = 4096;
    private const string SharedKey = "(beyond the table)";

    private readonly Dictionary<string, UpstreamLimiter[]> _byKey = new(StringComparer.Ordinal);

    /// <summary>The first rule the call breaks, or null when it was admitted and charged.</summary>
    public LimitRule? Arrive(string limitClass, string key, long utcTicks)
    {
        var limiters = For(key);
        for (var i = 0; i < rules.Count; i++)
        {
            if (Applies(rules[i], limitClass) && !limiters[i].Admits(utcTicks))
            {
                return rules[i];
            }
        }

        for (var i = 0; i < rules.Count; i++)
        {
            if (Applies(rules[i], limitClass))
            {
                limiters[i].Take(utcTicks);
            }
        }

        return null;
    }

    public void Clear() => _byKey.Clear();

    private static bool Applies(LimitRule rule, string limitClass) =>
        string.Equals(rule.Class, "*", StringComparison.Ordinal) || string.Equals(rule.Class, limitClass, StringComparison.Ordinal);

    private UpstreamLimiter[] For(string key)
    {
        if (_byKey.TryGetValue(key, out var limiters))
        {
            return limiters;
        }

        if (_byKey.Count >= KeysMax && !string.Equals(key, SharedKey, StringComparison.Ordinal))
        {
            return For(SharedKey);
        }

        limiters = [.. rules.Select(rule => rule.Create())];
        _byKey.Add(key, limiters);
        return limiters;
    }
}
