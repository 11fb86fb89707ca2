namespace Headgate.Upstreams.Faults;

/// <summary>The faults asked for, tried in the order they were added; the first that matches and whose chance comes up is used.</summary>
/// <threadsafety>Safe.</threadsafety>
public sealed class FaultPlan
{
    /// <summary>The chance of a rule that always fires.</summary>
    public const int Always = 1_000_000;

    /// <summary>How many rules a plan holds; more are refused.</summary>
    public const int RulesMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly List<FaultRule> _rules = [];

    /// <param name="random">Seeded by the caller; drawn from only where a matching rule has a chance below certainty.</param>
    public FaultPlan(Random random) => _random = random;

    /// <summary>The rules in force, oldest first.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules];
            }
        }
    }

    /// <summary>Adds a rule behind those in force.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chance outside 0..1,000,000 or a count below 1.</exception>
    /// <exception cref="InvalidOperationException">The plan is full.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rule.ChancePerMillion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rule.ChancePerMillion, Always);
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Next ?? 1, 1);
        lock (_gate)
        {
            if (_rules.Count == RulesMax)
            {
                throw new InvalidOperationException($"a fault plan holds at most {RulesMax} rules; clear it first");
            }

            _rules.Add(rule);
        }
    }

    /// <summary>The next <paramref name="count"/> calls of a class meet the fault.</summary>
    public void Script(string? endpointOrClass, TwinFault fault, int count = 1) => Add(new FaultRule(fault) { Class = endpointOrClass, Next = count });

    /// <summary>Removes every rule.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    internal TwinFault Next(TwinRoute route, string method, string path)
    {
        lock (_gate)
        {
            for (var i = 0; i < _rules.Count; i++)
            {
                var rule = _rules[i];
                if (rule.Matches(route, method, path) && (rule.ChancePerMillion == Always || _random.Next(Always) < rule.ChancePerMillion))
                {
                    Spend(i, rule);
                    return rule.Fault;
                }
            }
        }

        return TwinFault.None;
    }

    private void Spend(int index, FaultRule rule)
    {
        if (rule.Next == 1)
        {
            _rules.RemoveAt(index);
        }
        else if (rule.Next is { } left)
        {
            _rules[index] = rule with { Next = left - 1 };
        }
    }
}
