namespace Headgate.Upstreams.Faults;

/// <summary>One fault and its measures. <see cref="None"/> delivers the answer at once.</summary>
public sealed record TwinFault(TwinFaultKind Kind)
{
    internal static readonly ReadOnlyMemory<byte> GarbageBytes = new byte[] { 0x00, 0xff, 0x7b, 0x13, 0x37, 0x22, 0x80, 0xfe, 0x5d, 0x0a };
    internal static readonly ReadOnlyMemory<byte> HtmlPage = "<!DOCTYPE html><html><body><h1>Service notice</h1></body></html>"u8.ToArray();

    /// <summary>No fault.</summary>
    public static TwinFault None { get; } = new(TwinFaultKind.None);

    /// <summary>The answer comes late by this much.</summary>
    public static TwinFault Late(TimeSpan delay) => new(TwinFaultKind.Latency) { Delay = delay };

    /// <summary>The provider's own error answer.</summary>
    public static TwinFault Error(int status, TimeSpan? retryAfter = null) => new(TwinFaultKind.ServerError) { Status = status, RetryAfter = retryAfter };

    /// <summary>The provider's own 429.</summary>
    public static TwinFault Limited(TimeSpan? retryAfter = null) => new(TwinFaultKind.TooManyRequests) { Status = 429, RetryAfter = retryAfter };

    /// <summary>Wait before anything is delivered (or closed, or reset); zero or more.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Status of <see cref="TwinFaultKind.ServerError"/> and <see cref="TwinFaultKind.CustomBody"/>; default 500.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Sent as whole seconds, rounded up; null sends no header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Body bytes before the cut of <see cref="TwinFaultKind.Truncated"/> (at most all but one), or per portion of <see cref="TwinFaultKind.SlowDrip"/>; default 16.</summary>
    public int Bytes { get; init; } = 16;

    /// <summary>Time between portions of <see cref="TwinFaultKind.SlowDrip"/>; default 100 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Body of <see cref="TwinFaultKind.CustomBody"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Content type of <see cref="TwinFaultKind.CustomBody"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>How many body bytes a truncated delivery of a body of this length sends.</summary>
    public int CutAt(int bodyLength) => Math.Max(0, Math.Min(Bytes, bodyLength - 1));
}
