using System.Text;

namespace Headgate.Gateway.Proxy;

/// <summary>
/// Reads <c>Connection</c> lines so that the names they list survive. Kestrel replaces the whole field by <c>close</c>, <c>keep-alive</c> or <c>upgrade</c>
/// when exactly one of these is among its members, and with it would go what else must not be passed on. The decoder is the only place before that.
/// </summary>
/// <remarks>
/// Beside <c>close</c> or <c>upgrade</c> a second known member is added, which changes nothing (close wins) but keeps the field; <c>keep-alive</c> beside
/// other names is left out, since HTTP/1.1 means it anyway.
/// </remarks>
internal sealed class ConnectionFieldEncoding : Encoding
{
    private const string KeepAlive = "keep-alive";

    public static readonly ConnectionFieldEncoding Instance = new();

    /// <summary>The field's text as the server is to see it.</summary>
    public static string Rewrite(string text)
    {
        var members = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (members.Any(member => Is(member, "close") || Is(member, "upgrade")))
        {
            return text + ", " + KeepAlive;
        }

        return members.Length > 1 ? string.Join(", ", members.Where(member => !Is(member, KeepAlive))) : text;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount + 2 + KeepAlive.Length;

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

    private static string Decode(byte[] bytes, int index, int count) => Rewrite(Latin1.GetString(bytes, index, count));

    private static bool Is(string member, string known) => string.Equals(member, known, StringComparison.OrdinalIgnoreCase);
}
