using System.Globalization;

namespace Headgate.Gateway.Proxy;

/// <summary>One range of a body's bytes (RFC 9110 §14).</summary>
/// <param name="From">First byte.</param>
/// <param name="To">Last byte, inclusive.</param>
/// <param name="Length">Bytes of the whole.</param>
internal readonly record struct ByteRange(long From, long To, long Length)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"bytes {From}-{To}/{Length}");

    /// <summary>The range a request asks for; null for several, for other units and for what cannot be read, which is then answered whole (§14.2).</summary>
    /// <param name="field">The <c>Range</c> field.</param>
    /// <param name="length">Bytes of the whole.</param>
    /// <param name="satisfiable">False when the range lies outside the whole: 416.</param>
    public static ByteRange? Asked(string? field, long length, out bool satisfiable)
    {
        satisfiable = true;
        if (field is null || !field.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || field.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var spec = field.AsSpan(6).Trim();
        var dash = spec.IndexOf('-');
        if (dash < 0 || (!TryNumber(spec[..dash], out var from) && dash > 0) || (!TryNumber(spec[(dash + 1)..], out var to) && dash < spec.Length - 1))
        {
            return null;
        }

        var hasTo = dash < spec.Length - 1;
        if (dash == 0)
        {
            satisfiable = hasTo && to > 0 && length > 0;
            return hasTo ? new ByteRange(Math.Max(0, length - to), length - 1, length) : null;
        }

        if (hasTo && to < from)
        {
            return null;
        }

        satisfiable = from < length;
        return new ByteRange(from, hasTo ? Math.Min(to, length - 1) : length - 1, length);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
