using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Proxy;

/// <summary>RFC 9218 <c>Priority</c>: the urgency of a request.</summary>
internal static class PriorityField
{
    /// <summary>The urgency stated, or null when none is or it cannot be used (RFC 9218 §4: ignore). Of several members the last holds (RFC 9651 §4.2.2).</summary>
    public static Urgency? Parse(in StringValues lines)
    {
        Urgency? found = null;
        foreach (var line in lines)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                var member = line.AsSpan()[part].Trim(" \t");
                var parameters = member.IndexOf(';');
                member = parameters < 0 ? member : member[..parameters].TrimEnd(" \t");
                if (member.StartsWith("u=", StringComparison.Ordinal))
                {
                    found = member.Length == 3 && member[2] is >= '0' and <= '7' ? Urgency.Of(member[2] - '0') : null;
                }
            }
        }

        return found;
    }
}
