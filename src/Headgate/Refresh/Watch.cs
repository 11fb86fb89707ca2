namespace Headgate.Refresh;

/// <summary>Items of one endpoint that are kept fresh without a client asking: a request of the gate's own, how often, and how urgently.</summary>
/// <remarks>Immutable, compared by value. Holds no credential: the gate asks with its own, or with none where the provider wants none.</remarks>
public sealed record Watch
{
    /// <summary>Shortest interval, stated or computed: refreshing is no substitute for a stream.</summary>
    public static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);

    /// <summary>Longest interval that may be stated.</summary>
    public static readonly TimeSpan IntervalMax = TimeSpan.FromDays(31);

    private const int NameCharsMax = 128;
    private const int TargetCharsMax = 32 << 10;

    /// <summary>Unique among all watches; 1 to 128 characters without control characters. Adding a watch of the same name replaces the former.</summary>
    public required string Name { get; init; }

    /// <summary>Provider name, as <c>kite</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Path and query below the provider, as <c>/quote?i=NSE:INFY&amp;i=NSE:TCS</c>: the endpoint and its items.</summary>
    public required string Target { get; init; }

    /// <summary>How often under NORMAL, 1 s to 31 d; null takes the priority's (5, 10, 20, 60 min), or the endpoint's ttl where that is shorter and the budget carries it.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Default <see cref="WatchPriority.Medium"/>.</summary>
    public WatchPriority Priority { get; init; } = WatchPriority.Medium;

    /// <exception cref="WatchException">A member is out of its range.</exception>
    internal void Check()
    {
        if (Name.Length is 0 or > NameCharsMax || Name.Any(char.IsControl))
        {
            throw new WatchException($"A watch needs a name of 1 to {NameCharsMax} printable characters.");
        }

        if (Target.Length > TargetCharsMax || !Target.StartsWith('/') || Target.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new WatchException($"The target of {Name} must begin with a slash, hold at most {TargetCharsMax} characters, and have what is not plain ASCII escaped.");
        }

        CheckInterval(Name, Interval);
        if (!Enum.IsDefined(Priority))
        {
            throw new WatchException($"The priority of {Name} must be critical, high, medium or low.");
        }
    }

    /// <exception cref="WatchException">It is out of range.</exception>
    internal static void CheckInterval(string name, TimeSpan? interval)
    {
        if (interval < IntervalMin || interval > IntervalMax)
        {
            throw new WatchException($"The interval of {name} must be {IntervalMin.TotalSeconds:0} s to {IntervalMax.TotalDays:0} days.");
        }
    }
}
