using Headgate.Upstreams.Limits;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.Kite;

/// <summary>How a Kite twin is set up.</summary>
/// <param name="Tape">Where prices come from.</param>
public sealed record KiteOptions(IMarketTape Tape)
{
    /// <summary>Who may log in; default: the demo account alone.</summary>
    public IReadOnlyList<KiteAccount> Accounts { get; init; } = [KiteAccount.Demo];

    /// <summary>How the second and minute limits are counted; default and strictest: sliding.</summary>
    public LimiterKind Limiter { get; init; } = LimiterKind.SlidingWindow;

    /// <summary>Holds the optional total of 10 a second per key over all classes, on which staff answers differ; default off.</summary>
    public bool TotalLimit { get; init; }

    /// <summary>Rows of the whole instruments dump; rows beyond the tape's own are made-up BSE rows without quotes. Default 60,000 (about 5 MB); 0 adds none.</summary>
    public int InstrumentRows { get; init; } = 60_000;

    /// <summary>Refuses calls without <c>X-Kite-Version: 3</c>; default off, since what the real door does is not documented.</summary>
    public bool RequireVersionHeader { get; init; }

    /// <summary>Holds no limit at all: what an ideal upstream would answer; default off.</summary>
    public bool Unlimited { get; init; }
}
