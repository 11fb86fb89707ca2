using System.Buffers;
using System.Text;

namespace Headgate.Catalogue;

/// <summary>Percent coding of paths and queries.</summary>
internal static class Percent
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>False for malformed %XX and for bytes that are not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsSpace, out string text)
    {
        if (!raw.Contains('%') && !(plusIsSpace && raw.Contains('+')))
        {
            text = raw.ToString();
            return true;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(raw.Length));
        try
        {
            text = "";
            if (!TryBytes(raw, plusIsSpace, bytes, out var count))
            {
                return false;
            }

            text = Strict.GetString(bytes, 0, count);
            return true;
        }
        catch (ArgumentException) // bytes that are no UTF-8, or half a surrogate pair in a target that never was on a wire
        {
            text = "";
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Everything but unreserved characters is coded, with upper-case digits, as Python's and .NET's form encoders do.</summary>
    public static void Encode(StringBuilder into, ReadOnlySpan<char> text, bool spaceAsPlus)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && Unreserved.Contains((char)rune.Value))
            {
                into.Append((char)rune.Value);
            }
            else if (spaceAsPlus && rune.Value == ' ')
            {
                into.Append('+');
            }
            else
            {
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    into.Append('%').Append(Hex(octet >> 4)).Append(Hex(octet & 15));
                }
            }
        }
    }

    /// <summary>Length of what <see cref="Encode"/> writes.</summary>
    public static int EncodedLength(ReadOnlySpan<char> text, bool spaceAsPlus)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isOne = (rune.IsAscii && Unreserved.Contains((char)rune.Value)) || (spaceAsPlus && rune.Value == ' ');
            length += isOne ? 1 : 3 * rune.Utf8SequenceLength;
        }

        return length;
    }

    private static bool TryBytes(ReadOnlySpan<char> raw, bool plusIsSpace, byte[] bytes, out int count)
    {
        count = 0;
        while (!raw.IsEmpty)
        {
            var special = plusIsSpace ? raw.IndexOfAny('%', '+') : raw.IndexOf('%');
            var plain = special < 0 ? raw : raw[..special];
            count += Strict.GetBytes(plain, bytes.AsSpan(count));
            if (special < 0)
            {
                return true;
            }

            raw = raw[special..];
            if (raw[0] == '+')
            {
                bytes[count++] = (byte)' ';
                raw = raw[1..];
            }
            else if (raw.Length >= 3 && char.IsAsciiHexDigit(raw[1]) && char.IsAsciiHexDigit(raw[2]))
            {
                bytes[count++] = (byte)((Value(raw[1]) << 4) | Value(raw[2]));
                raw = raw[3..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static int Value(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char Hex(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
