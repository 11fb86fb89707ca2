using System.Text;

namespace Headgate.Gateway.Proxy;

/// <summary>RFC 9211: says <c>hit</c> or <c>fwd</c>, never both.</summary>
internal static class CacheStatus
{
    // What never ends, as a closed candle, is told with the greatest lifetime RFC 9111 §1.2.2 knows.
    private const long TtlMax = 1L << 31;

    /// <summary>For an answer made from entries.</summary>
    public static string OfAnswer(in FetchResult result, bool isStored)
    {
        var ttl = Math.Min(TtlMax, SmallNumbers.FloorSeconds(result.Ttl));
        if (result.Kind == FetchKind.Hit && result.Reason is null)
        {
            return SmallNumbers.Hit(ttl);
        }

        var text = new StringBuilder("headgate; ", 96);
        if (result.Forwarded)
        {
            // A stale answer after a failed call was forwarded because it was stale; what failed is the detail.
            var isStale = result.Kind == FetchKind.Stale;
            Forward(text, isStale ? "stale" : result.Reason, result.ForwardStatus);
            text.Append(isStored && !isStale ? "; stored" : "").Append(result.Collapsed ? "; collapsed" : "").Append("; ttl=").Append(SmallNumbers.Text(ttl));
            return isStale ? Detail(text, result.Reason) : text.ToString();
        }

        text.Append("hit; ttl=").Append(SmallNumbers.Text(ttl));
        return Detail(text, result.Reason);
    }

    /// <summary>For an upstream's answer passed on.</summary>
    public static string OfPassed(in FetchResult result, int status)
    {
        var text = new StringBuilder("headgate; ", 64);
        Forward(text, result.Reason, result.ForwardStatus ?? status);
        return text.Append(result.Collapsed ? "; collapsed" : "").ToString();
    }

    /// <summary>For a refusal: the gate would have had to forward and did not get an answer it may give.</summary>
    public static string OfRefusal(in FetchResult result, ProblemType type)
    {
        var text = new StringBuilder("headgate; ", 64);
        Forward(text, IsForwardReason(result.Reason) ? result.Reason : null, result.ForwardStatus);
        return Detail(text, type.Name);
    }

    private static void Forward(StringBuilder text, string? reason, int? status)
    {
        text.Append("fwd=").Append(IsForwardReason(reason) ? reason : "miss");
        if (status is { } code)
        {
            text.Append("; fwd-status=").Append(SmallNumbers.Text(code));
        }
    }

    private static string Detail(StringBuilder text, string? detail) => (detail is null ? text : text.Append("; detail=").Append(detail)).ToString();

    // The values RFC 9211 §2.2 registers.
    private static bool IsForwardReason(string? reason) =>
        reason is "bypass" or "method" or "uri-miss" or "vary-miss" or "miss" or "request" or "stale" or "partial";
}
