using System.Collections.Frozen;
using System.Globalization;
using Headgate.Markets;

namespace Headgate.Catalogue;

/// <summary>Builds the candle range of an endpoint.</summary>
internal static class RangeBinder
{
    public static RangeModel? Bind(Fields fields, ErrorList errors)
    {
        if (fields.Text("from") is not { } from || fields.Text("to") is not { } to || fields.MemberPath("rows") is not { } rows)
        {
            return null;
        }

        return new RangeModel
        {
            From = from,
            To = to,
            Format = fields.Text("format") ?? "iso",
            Zone = fields.Text("zone") ?? "Etc/UTC",
            Rows = rows,
            Time = fields.Text("time") ?? "0",
            TimeFormat = fields.Text("timeFormat") ?? "iso",
            Interval = fields.Text("interval") ?? "interval",
            Intervals = Intervals(fields, errors).ToFrozenDictionary(StringComparer.Ordinal),
            Descending = fields.Flag("descending"),
        };
    }

    private static Dictionary<string, RangeInterval> Intervals(Fields fields, ErrorList errors)
    {
        var bars = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (name, node) in fields.Entries("bars"))
        {
            if (Quantities.TryDuration(node.Text, out var bar) && bar > TimeSpan.Zero)
            {
                bars[name] = bar;
            }
        }

        var rowsMax = fields.Integer("maxRows");
        var intervals = new Dictionary<string, RangeInterval>(StringComparer.Ordinal);
        foreach (var (name, bar) in bars)
        {
            // Without either bound the upstream states none: ten years is more than any keeps.
            intervals[name] = new RangeInterval(bar, rowsMax is { } rows ? bar * rows : TimeSpan.FromDays(3650));
        }

        foreach (var (name, node) in fields.Entries("maxSpan"))
        {
            if (!bars.TryGetValue(name, out var bar) && !TryBar(name, out bar))
            {
                errors.Add(node, $"{fields.PathOf("maxSpan")}.{name} is no known interval; expected its bar length under bars");
            }
            else if (Quantities.TryDuration(node.Text, out var span) && span >= bar)
            {
                intervals[name] = new RangeInterval(bar, span);
            }
            else
            {
                errors.Unexpected(node, $"{fields.PathOf("maxSpan")}.{name}", "at least one bar");
            }
        }

        if (intervals.Count == 0)
        {
            errors.Add(fields.Node, $"{fields.PathOf("maxSpan")} is missing; expected a span per interval, or bars");
        }

        return intervals;
    }

    // "day", "5minute", "1h" as the market calendars read them, and plain seconds as Coinbase writes them.
    private static bool TryBar(string name, out TimeSpan bar)
    {
        if (BarInterval.TryParse(name, out var interval))
        {
            bar = TimeSpan.FromMinutes(interval.TotalMinutes);
            return true;
        }

        bar = default;
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 86_400)
        {
            return false;
        }

        bar = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
