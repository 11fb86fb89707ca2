using Headgate.Upstream;

namespace Headgate.Dispatch;

/// <summary>Words for what a transport fault means to a client.</summary>
internal static class Refusals
{
    public static Refusal Overdue { get; } = new(RefusalKind.UpstreamTimeout, 504, "The upstream did not answer before the deadline.", null, null);

    public static Refusal ForFetch(TransportFault fault) => fault.IsTimeout
        ? new Refusal(RefusalKind.UpstreamTimeout, 504, $"The upstream did not answer in time ({fault.Detail}).", null, null)
        : new Refusal(RefusalKind.UpstreamUnusable, 502, $"The upstream could not be read ({fault.Detail}).", null, null);

    public static Refusal ForForward(string method, TransportFault fault)
    {
        if (fault.Phase == TransportPhase.Connect)
        {
            return new Refusal(RefusalKind.UpstreamUnusable, 502, $"The upstream could not be reached and nothing was sent ({fault.Detail}).", null, null);
        }

        if (method is "GET" or "HEAD" or "OPTIONS")
        {
            return ForFetch(fault);
        }

        return new Refusal(
            RefusalKind.OutcomeUnknown,
            fault.IsTimeout ? 504 : 502,
            $"The {method} was sent once and its outcome is unknown ({fault.Detail}). Ask the upstream what became of it before sending it again.",
            null,
            null);
    }
}
