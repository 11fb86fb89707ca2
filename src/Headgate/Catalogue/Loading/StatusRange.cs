using System.Globalization;

namespace Headgate.Catalogue;

/// <summary><c>429</c>, <c>5xx</c> or <c>500-599</c>.</summary>
internal static class StatusRange
{
    public static bool TryParse(string text, out (int From, int To) range)
    {
        if (text.Length == 3 && text.EndsWith("xx", StringComparison.Ordinal) && text[0] is >= '1' and <= '5')
        {
            range = ((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        range = default;
        var parsed = dash < 0
            ? TryStatus(text, out range.From) && TryStatus(text, out range.To)
            : TryStatus(text.AsSpan(0, dash), out range.From) && TryStatus(text.AsSpan(dash + 1), out range.To);
        return parsed && range.From <= range.To;
    }

    private static bool TryStatus(ReadOnlySpan<char> text, out int status) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
