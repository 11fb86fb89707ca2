using System.Globalization;
using System.Text;
using Headgate.Upstream;

namespace Headgate.Gateway.Upstream;

/// <summary>Writes a call's head as it goes on the wire.</summary>
internal static class RequestHead
{
    /// <summary>The head's bytes, or null with a reason when a part of it would break the message apart.</summary>
    public static byte[]? Build(UpstreamCall call, out string? reason)
    {
        reason = Unusable(call);
        if (reason is not null)
        {
            return null;
        }

        var text = new StringBuilder(256);
        text.Append(call.Method).Append(' ').Append(call.Target).Append(" HTTP/1.1\r\nHost: ").Append(Authority(call.Origin)).Append("\r\n");
        foreach (var header in call.Headers)
        {
            if (!header.Is("Host") && !header.Is("Content-Length"))
            {
                text.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
            }
        }

        if (call.HasBody || call.Method is "POST" or "PUT" or "PATCH")
        {
            // RFC 9110 §8.6: a method that anticipates content says so even when there is none.
            text.Append("Content-Length: ").Append((call.HasBody ? call.Body.Length : 0).ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        }

        text.Append("\r\n");
        // Latin-1 is how the edge read the values: every byte comes out as it came in.
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    public static string Authority(Uri origin) =>
        origin.IsDefaultPort ? origin.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{Bracketed(origin)}:{origin.Port}");

    private static string Bracketed(Uri origin) => origin.HostNameType == UriHostNameType.IPv6 ? $"[{origin.IdnHost.Trim('[', ']')}]" : origin.IdnHost;

    private static string? Unusable(UpstreamCall call)
    {
        if (!IsToken(call.Method))
        {
            return "the method is not a token";
        }

        if (call.Target.Length == 0 || call.Target[0] != '/' || call.Target.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return "the target holds bytes that cannot stand in a request line";
        }

        foreach (var header in call.Headers)
        {
            if (!IsToken(header.Name))
            {
                return "a header's name is not a token";
            }

            if (header.Value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            {
                return $"the value of {header.Name} holds a line break or NUL";
            }

            if (header.Value.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff'))
            {
                return $"the value of {header.Name} holds characters beyond Latin-1";
            }
        }

        return null;
    }

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters.All);
}
