using System.Collections.Immutable;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Headgate.Markets;

/// <summary>Reads what a calendar file says of single days.</summary>
internal sealed class DayRuleReader(CalendarErrors errors)
{
    private const int PartsMax = 8;

    /// <summary>The exceptions of one year: <c>closed</c> (required, may be empty) and <c>sessions</c>.</summary>
    public ImmutableDictionary<LocalDate, DayRule> Year(int year, YamlMappingNode map)
    {
        var rules = ImmutableDictionary.CreateBuilder<LocalDate, DayRule>();
        var closed = false;
        foreach (var (key, value) in map.Children)
        {
            switch ((key as YamlScalarNode)?.Value)
            {
                case "closed" when value is YamlSequenceNode list:
                    closed = true;
                    foreach (var day in list.Children)
                    {
                        Add(rules, year, day, DayRule.Closed);
                    }

                    break;
                case "sessions" when value is YamlMappingNode sessions:
                    foreach (var (day, session) in sessions.Children)
                    {
                        Add(rules, year, day, Day(session));
                    }

                    break;
                default:
                    errors.Add(key, $"'{key}' in years.{year}; expected closed: [01-26, …] or sessions: {{ 03-02: {{ … }} }}");
                    break;
            }
        }

        if (!closed)
        {
            errors.Add(map, $"years.{year} has no closed list; write closed: [] if the market has no holidays");
        }

        return rules.ToImmutable();
    }

    /// <summary><c>closed</c>, <c>regular</c>, or a mapping of kind and hours; null, with an error told, for anything else.</summary>
    public DayRule? Day(YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode { Value: "closed" }:
                return DayRule.Closed;
            case YamlScalarNode { Value: "regular" }:
                return DayRule.Regular;
            case YamlMappingNode map:
                return SessionRule(map);
            default:
                errors.Add(node, $"a day is '{node}'; expected closed, regular or {{ kind: special, hours: 09:15-10:00 }}");
                return null;
        }
    }

    /// <summary>One range or an ascending list of them; empty, with an error told, for anything else.</summary>
    public ImmutableArray<HoursRange> Hours(YamlNode node)
    {
        var nodes = node is YamlSequenceNode list ? list.Children : [node];
        if (nodes.Count is 0 or > PartsMax)
        {
            errors.Add(node, $"a session has {nodes.Count} parts; expected 1 to {PartsMax}");
            return [];
        }

        var hours = ImmutableArray.CreateBuilder<HoursRange>(nodes.Count);
        foreach (var item in nodes)
        {
            if ((item as YamlScalarNode)?.Value is not { } text || CalendarScalars.Hours(text) is not { } range)
            {
                errors.Add(item, $"hours are '{item}'; expected such as 09:15-15:30");
                return [];
            }

            if (hours.Count > 0 && range.OpenMinute < hours[^1].CloseMinute)
            {
                errors.Add(item, $"the part {item} begins before the one before it ends");
                return [];
            }

            hours.Add(range);
        }

        return hours.MoveToImmutable();
    }

    private static SessionKind? Kind(string? text) => text switch
    {
        "half-day" => SessionKind.HalfDay,
        "special" => SessionKind.Special,
        "muhurat" => SessionKind.Muhurat,
        _ => null,
    };

    private void Add(ImmutableDictionary<LocalDate, DayRule>.Builder rules, int year, YamlNode day, DayRule? rule)
    {
        if ((day as YamlScalarNode)?.Value is not { } text || CalendarScalars.DayOf(year, text) is not { } date)
        {
            errors.Add(day, $"'{day}' is no day of {year}; expected such as 01-26");
        }
        else if (rule is not null && !rules.TryAdd(date, rule))
        {
            errors.Add(day, $"{date:uuuu-MM-dd} is stated twice");
        }
    }

    private DayRule? SessionRule(YamlMappingNode map)
    {
        SessionKind? kind = SessionKind.Special;
        ImmutableArray<HoursRange> hours = [];
        var known = true;
        foreach (var (key, value) in map.Children)
        {
            switch ((key as YamlScalarNode)?.Value)
            {
                case "kind":
                    kind = Kind((value as YamlScalarNode)?.Value);
                    if (kind is null)
                    {
                        errors.Add(value, $"kind is '{value}'; expected half-day, special or muhurat");
                    }

                    break;
                case "hours" or "within" when !hours.IsEmpty:
                    errors.Add(key, "a session has either hours or, while they are unknown, within");
                    break;
                case "hours":
                    hours = Hours(value);
                    break;
                case "within" when value is YamlScalarNode:
                    known = false;
                    hours = Hours(value);
                    break;
                default:
                    errors.Add(key, $"'{key}' of a session is unknown; expected kind, hours or within");
                    break;
            }
        }

        if (hours.IsEmpty && !errors.Any)
        {
            errors.Add(map, "a session needs hours, or within: a range sure to contain it while its hours are unknown");
        }

        return kind is null || hours.IsEmpty ? null : new DayRule(kind, hours, known);
    }
}
