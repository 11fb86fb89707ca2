namespace Headgate.Upstreams.Faults;

/// <summary>What goes wrong with an answer.</summary>
public enum TwinFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The whole answer comes <see cref="TwinFault.Delay"/> late; every other kind honours a delay as well.</summary>
    Latency,

    /// <summary>The request is taken and nothing ever comes back while the connection stays open.</summary>
    Hang,

    /// <summary>The connection is closed in an orderly way (FIN) without an answer.</summary>
    Close,

    /// <summary>The connection is reset (RST) without an answer.</summary>
    Reset,

    /// <summary>Content-Length promises the whole body, <see cref="TwinFault.Bytes"/> of it are sent, then FIN.</summary>
    Truncated,

    /// <summary>Bytes that are no HTTP, then FIN.</summary>
    Garbage,

    /// <summary>The right answer, <see cref="TwinFault.Bytes"/> at a time with <see cref="TwinFault.Interval"/> between.</summary>
    SlowDrip,

    /// <summary>The provider's own error with <see cref="TwinFault.Status"/>; the request has no effect.</summary>
    ServerError,

    /// <summary>The provider's own 429, with Retry-After when given; the request has no effect.</summary>
    TooManyRequests,

    /// <summary>Status and content type of the right answer, an unparsable body.</summary>
    GarbageBody,

    /// <summary>Status and content type of the right answer, no body.</summary>
    EmptyBody,

    /// <summary>200 with an HTML page where data was asked for.</summary>
    HtmlBody,

    /// <summary><see cref="TwinFault.Status"/> with <see cref="TwinFault.Body"/>, for soft errors (200 with an error inside).</summary>
    CustomBody,
}
