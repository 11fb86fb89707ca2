namespace Headgate.Desk.Alerts.Channels;

/// <summary>What became of an attempt.</summary>
public enum ChannelVerdict
{
    /// <summary>It arrived.</summary>
    Sent,

    /// <summary>It did not arrive and this message is why: others may fare better.</summary>
    Refused,

    /// <summary>It did not arrive and the channel is why: others would not arrive either.</summary>
    Unavailable,

    /// <summary>Nobody knows whether it arrived.</summary>
    Uncertain,
}

/// <summary>An attempt's outcome.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Why">A sentence without secrets, or null.</param>
/// <param name="RetryAt">Not to be tried again before (wall clock); null leaves it to the back-off.</param>
public readonly record struct ChannelOutcome(ChannelVerdict Verdict, string? Why = null, DateTimeOffset? RetryAt = null)
{
    /// <summary>It arrived.</summary>
    public static ChannelOutcome Sent => new(ChannelVerdict.Sent);
}
