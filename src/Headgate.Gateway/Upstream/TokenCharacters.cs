using System.Buffers;

namespace Headgate.Gateway.Upstream;

/// <summary>RFC 9110 §5.6.2 <c>tchar</c>.</summary>
internal static class TokenCharacters
{
    public static readonly SearchValues<char> All =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
