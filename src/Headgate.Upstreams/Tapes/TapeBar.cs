namespace Headgate.Upstreams.Tapes;

/// <summary>One bar. Prices are in the traded currency and keep the tape's own number text (<c>63.80</c> stays <c>63.80</c>).</summary>
/// <param name="Start">Beginning of the bar, in the tape's zone.</param>
/// <param name="Volume">Traded in the bar, in units of the instrument.</param>
public readonly record struct TapeBar(DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
