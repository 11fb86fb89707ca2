namespace Headgate.Desk.Collectors.Health;

/// <summary>Whether an API may be asked now; every state but the first ends by the clock alone.</summary>
public enum ApiState
{
    /// <summary>It may.</summary>
    Healthy,

    /// <summary>The upstream said that a limit is reached.</summary>
    RateLimited,

    /// <summary>An hour's or a day's budget has no permit left, or the upstream says so.</summary>
    BudgetExhausted,

    /// <summary>After repeated failures it is left alone until the next probe.</summary>
    Error,
}
