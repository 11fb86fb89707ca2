namespace Headgate.Upstreams.Limits;

/// <summary>A call that broke a limit.</summary>
/// <param name="Rule">Which.</param>
/// <param name="RetryAfter">How long the key is refused from now on: the rest of a lock-out, else null.</param>
/// <param name="IsRepeated">It came while a lock-out was running already.</param>
public sealed record LimitBreach(LimitRule Rule, TimeSpan? RetryAfter = null, bool IsRepeated = false);
