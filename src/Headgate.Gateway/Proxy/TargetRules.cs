using System.Buffers;
using System.Text.Unicode;

namespace Headgate.Gateway.Proxy;

/// <summary>Why a request target is refused before anything else looks at it.</summary>
internal enum TargetVerdict
{
    Ok,

    /// <summary>Not origin-form: absolute, authority or asterisk.</summary>
    NotOriginForm,

    /// <summary>A byte, escape or dot segment in the path that servers read differently from each other.</summary>
    HostilePath,

    /// <summary>Malformed escapes, NUL, CR, LF or invalid UTF-8 in the query.</summary>
    HostileQuery,

    PathTooLong,

    QueryTooLong,
}

/// <summary>The hostile-input table of docs/http.md. Pure; allocates nothing.</summary>
internal static class TargetRules
{
    public static TargetVerdict Check(ReadOnlySpan<char> target, int pathBytesMax, int queryBytesMax)
    {
        if (target.IsEmpty || target[0] != '/')
        {
            return TargetVerdict.NotOriginForm;
        }

        var mark = target.IndexOf('?');
        var path = mark < 0 ? target : target[..mark];
        var query = mark < 0 ? default : target[(mark + 1)..];
        if (path.Length > pathBytesMax)
        {
            return TargetVerdict.PathTooLong;
        }

        if (query.Length > queryBytesMax)
        {
            return TargetVerdict.QueryTooLong;
        }

        if (!IsPathClean(path))
        {
            return TargetVerdict.HostilePath;
        }

        return IsClean(query, isPath: false) ? TargetVerdict.Ok : TargetVerdict.HostileQuery;
    }

    private static bool IsPathClean(ReadOnlySpan<char> path)
    {
        if (!IsClean(path, isPath: true))
        {
            return false;
        }

        foreach (var part in path.Split('/'))
        {
            if (path[part] is "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Visible ASCII, well-formed escapes, no forbidden bytes behind them, and valid UTF-8 when decoded.</summary>
    private static bool IsClean(ReadOnlySpan<char> text, bool isPath)
    {
        if (text.ContainsAnyExceptInRange('!', '~') || text.Contains('#') || (isPath && text.Contains('\\')))
        {
            return false;
        }

        if (!text.Contains('%'))
        {
            return true;
        }

        var rented = text.Length <= 512 ? null : ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var decoded = rented ?? stackalloc byte[512];
            return TryDecode(text, isPath, decoded, out var length) && Utf8.IsValid(decoded[..length]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> text, bool isPath, Span<byte> decoded, out int length)
    {
        length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                decoded[length++] = (byte)text[at];
                continue;
            }

            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }

            var value = (byte)((HexValue(text[at + 1]) << 4) | HexValue(text[at + 2]));
            if (isPath ? IsForbiddenInPath(value) : value is 0 or (byte)'\r' or (byte)'\n')
            {
                return false;
            }

            decoded[length++] = value;
            at += 2;
        }

        return true;
    }

    private static bool IsForbiddenInPath(byte value) => value is (byte)'/' or (byte)'.' or (byte)'\\' or < 0x20 or 0x7f;

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
