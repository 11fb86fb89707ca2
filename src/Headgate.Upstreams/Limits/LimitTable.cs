namespace Headgate.Upstreams.Limits;

/// <summary>All limiters of a twin, one per rule and key; a call takes its permits of every rule or of none.</summary>
internal sealed class LimitTable(IReadOnlyList<LimitRule> rules)
{
    // A flood of invented keys must not grow the table; beyond the bound they share one.
    private const int KeysMax = 4096;
    private const string SharedKey = "(beyond the table)";

    private readonly Dictionary<string, UpstreamLimiter[]> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Rule, string Key), long> _lockedUntil = [];

    /// <summary>The first rule the call breaks, or null when it was admitted and charged.</summary>
    public LimitBreach? Arrive(IReadOnlyList<LimitCharge> charges, long utcTicks)
    {
        foreach (var charge in charges)
        {
            var limiters = For(charge.Key);
            for (var i = 0; i < rules.Count; i++)
            {
                if (Applies(rules[i], charge.Class) && Breach(rules[i], charge, limiters[i], utcTicks) is { } breach)
                {
                    return breach;
                }
            }
        }

        foreach (var charge in charges)
        {
            var limiters = For(charge.Key);
            for (var i = 0; i < rules.Count; i++)
            {
                if (Applies(rules[i], charge.Class))
                {
                    limiters[i].Take(utcTicks, charge.Permits);
                }
            }
        }

        return null;
    }

    /// <summary>Permits of a rule that are spent now.</summary>
    public long Used(string rule, string key, long utcTicks)
    {
        var index = rules.ToList().FindIndex(candidate => string.Equals(candidate.Name, rule, StringComparison.Ordinal));
        return For(key)[index].Used(utcTicks);
    }

    public void Clear()
    {
        _byKey.Clear();
        _lockedUntil.Clear();
    }

    private LimitBreach? Breach(LimitRule rule, LimitCharge charge, UpstreamLimiter limiter, long utcTicks)
    {
        if (_lockedUntil.TryGetValue((rule.Name, charge.Key), out var until) && utcTicks < until)
        {
            return new LimitBreach(rule, TimeSpan.FromTicks(until - utcTicks), IsRepeated: true);
        }

        if (limiter.Admits(utcTicks, charge.Permits))
        {
            return null;
        }

        if (rule.LockOut > TimeSpan.Zero)
        {
            _lockedUntil[(rule.Name, charge.Key)] = utcTicks + rule.LockOut.Ticks;
            return new LimitBreach(rule, rule.LockOut);
        }

        return new LimitBreach(rule);
    }

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
