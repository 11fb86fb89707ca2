using System.Globalization;
using System.Text;

namespace Headgate.Strategies.Cli;

/// <summary>Draws a curve with block characters; eight steps per line.</summary>
internal static class LineChart
{
    private const string Blocks = " ▁▂▃▄▅▆▇█";
    private const int StepsPerLine = 8;

    /// <param name="width">Columns; longer curves show the last value of each slice.</param>
    /// <param name="height">Lines.</param>
    public static string Draw(IReadOnlyList<decimal> values, int width, int height)
    {
        if (values.Count == 0)
        {
            return "";
        }

        var columns = Math.Min(width, values.Count);
        var points = Enumerable.Range(1, columns).Select(i => values[(int)((long)i * values.Count / columns) - 1]).ToList();
        var (low, high) = (points.Min(), points.Max());
        var range = high == low ? 1 : high - low;
        // At least one step, so that the lowest point is still seen.
        var steps = points.ConvertAll(p => 1 + (int)((p - low) / range * ((height * StepsPerLine) - 1)));
        var text = new StringBuilder();
        for (var line = height - 1; line >= 0; line--)
        {
            var label = line == height - 1 ? high : line == 0 ? low : (decimal?)null;
            text.Append(CultureInfo.InvariantCulture, $"{label,12:0.00} │");
            foreach (var step in steps)
            {
                text.Append(Blocks[Math.Clamp(step - (line * StepsPerLine), 0, StepsPerLine)]);
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
