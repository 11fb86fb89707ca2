using System.Globalization;
using System.Text;

namespace Headgate.Reports;

/// <summary>Writes Prometheus' text format 0.0.4. Not thread-safe.</summary>
public sealed class MetricText
{
    /// <summary>The media type of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(8192);

    /// <summary>Begins a family.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">One sentence without line breaks.</param>
    /// <param name="type">counter, gauge or histogram.</param>
    public void Head(string name, string help, string type) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>One sample of the family begun last.</summary>
    public void Sample(string name, decimal value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
        var opening = '{';
        foreach (var (label, of) in labels)
        {
            _text.Append(opening).Append(label).Append("=\"").Append(Escape(of)).Append('"');
            opening = ',';
        }

        _text.Append(labels.IsEmpty ? "" : "}").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>A family of durations in seconds, one histogram a label value.</summary>
    public void Histogram(string name, string help, string label, IEnumerable<(string Value, DurationCounts Durations)> rows)
    {
        Head(name, help, "histogram");
        foreach (var (value, durations) in rows)
        {
            var within = 0L;
            for (var i = 0; i < DurationCounts.Bounds.Count; i++)
            {
                within += durations.Counts[i];
                Sample($"{name}_bucket", within, (label, value), ("le", Seconds(DurationCounts.Bounds[i]).ToString(CultureInfo.InvariantCulture)));
            }

            Sample($"{name}_bucket", durations.Count, (label, value), ("le", "+Inf"));
            Sample($"{name}_sum", Seconds(durations.Sum), (label, value));
            Sample($"{name}_count", durations.Count, (label, value));
        }
    }

    public override string ToString() => _text.ToString();

    private static decimal Seconds(TimeSpan span) => span.Ticks / (decimal)TimeSpan.TicksPerSecond;

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
