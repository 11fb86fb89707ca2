using System.Collections.Immutable;
using NodaTime;
using YamlDotNet.RepresentationModel;

namespace Headgate.Markets;

/// <summary>Turns the nodes of a calendar file into a definition, on top of what the basis knows of the market.</summary>
internal sealed class MarketDefinitionReader(CalendarErrors errors, MarketCalendars basis)
{
    private const int CodeLengthMax = 16;

    private readonly DayRuleReader _days = new(errors);

    /// <summary>The definition; null when not even the market and its zone could be read. Valid only when no error was added.</summary>
    public MarketDefinition? Read(YamlMappingNode root)
    {
        if (Scalar(root, "market") is not { } code)
        {
            errors.Add(root, "market is missing");
            return null;
        }

        if (code.Value is not { Length: > 0 and <= CodeLengthMax } market || !market.All(char.IsAsciiLetterOrDigit))
        {
            errors.Add(code, $"market is '{code.Value}'; expected 1 to {CodeLengthMax} letters and digits");
            return null;
        }

        var known = basis.Find(market)?.Definition;
        var zone = Scalar(root, "zone") is { } zoneNode ? Zone(zoneNode) : known?.Zone;
        if (zone is null)
        {
            if (Scalar(root, "zone") is null)
            {
                errors.Add(root, $"zone is missing; market {market} is new");
            }

            return null;
        }

        var definition = known is null ? new MarketDefinition(market, market, zone) : known with { Zone = zone };
        foreach (var (key, value) in root.Children)
        {
            definition = Apply(definition, key, value);
        }

        Require(definition, root);
        return definition;
    }

    private static YamlScalarNode? Scalar(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node as YamlScalarNode : null;

    private MarketDefinition Apply(MarketDefinition definition, YamlNode key, YamlNode value)
    {
        switch ((key as YamlScalarNode)?.Value)
        {
            case "market" or "zone":
                return definition;
            case "name" when value is YamlScalarNode { Value.Length: > 0 and <= 200 } name:
                return definition with { Name = name.Value };
            case "endless" when value is YamlScalarNode { Value: "true" or "false" } endless:
                return definition with { Endless = endless.Value is "true" };
            case "regular" when value is YamlSequenceNode regular:
                return definition with { Regular = Regular(regular) };
            case "years" when value is YamlMappingNode years:
                return definition with { Years = definition.Years.SetItems(Years(years)) };
            case "days" when value is YamlMappingNode days:
                return definition with { Days = definition.Days.SetItems(Days(days)) };
            case "name" or "endless" or "regular" or "years" or "days":
                errors.Add(value, $"{key} is not of the form it should have; see docs/calendars.md");
                return definition;
            default:
                errors.Add(key, $"'{key}' is unknown; expected market, name, zone, endless, regular, years or days");
                return definition;
        }
    }

    private void Require(MarketDefinition definition, YamlMappingNode root)
    {
        if (definition.Endless)
        {
            if (definition.Zone.GetZoneIntervals(Instant.MinValue, Instant.MaxValue).Skip(1).Any())
            {
                errors.Add(root, $"an endless market needs a zone without clock changes, such as UTC; '{definition.Zone.Id}' has some");
            }

            if (!definition.Regular.IsEmpty || !definition.Years.IsEmpty || !definition.Days.IsEmpty)
            {
                errors.Add(root, "an endless market has no regular hours, years or days");
            }
        }
        else if (definition.Regular.IsEmpty)
        {
            errors.Add(root, $"market {definition.Code} has no regular hours and is not endless");
        }

        foreach (var (date, _) in definition.Days.Where(day => day.Value == DayRule.Regular && definition.RegularOn(day.Key).IsEmpty))
        {
            errors.Add(root, $"{date:uuuu-MM-dd} is regular, but {date.DayOfWeek} has no regular hours; state them");
        }
    }

    private DateTimeZone? Zone(YamlScalarNode node)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(node.Value ?? string.Empty);
        if (zone is null)
        {
            errors.Add(node, $"zone is '{node.Value}'; expected an IANA name such as Asia/Kolkata");
        }

        return zone;
    }

    private ImmutableArray<RegularHours> Regular(YamlSequenceNode list)
    {
        var entries = new List<RegularHours>();
        foreach (var node in list.Children)
        {
            if (node is YamlMappingNode map && RegularEntry(map) is { } entry)
            {
                entries.Add(entry);
            }
            else if (node is not YamlMappingNode)
            {
                errors.Add(node, "expected { days: Mon-Fri, hours: 09:15-15:30 }");
            }
        }

        return [.. entries.OrderBy(entry => entry.From)];
    }

    private RegularHours? RegularEntry(YamlMappingNode map)
    {
        var from = LocalDate.MinIsoValue;
        var days = 0;
        ImmutableArray<HoursRange> hours = [];
        foreach (var (key, value) in map.Children)
        {
            switch ((key as YamlScalarNode)?.Value, (value as YamlScalarNode)?.Value)
            {
                case ("from", { } text) when CalendarScalars.Date(text) is { } date:
                    from = date;
                    break;
                case ("days", { } text) when CalendarScalars.Weekdays(text) is not 0 and var bits:
                    days = bits;
                    break;
                case ("hours", _):
                    hours = _days.Hours(value);
                    break;
                default:
                    errors.Add(value, $"{key} is '{value}'; expected from: 2024-01-01, days: Mon-Fri or hours: 09:15-15:30");
                    return null;
            }
        }

        if (days == 0 || hours.IsEmpty)
        {
            errors.Add(map, "regular hours need days and hours");
            return null;
        }

        return new RegularHours(from, days, hours);
    }

    private IEnumerable<KeyValuePair<int, ImmutableDictionary<LocalDate, DayRule>>> Years(YamlMappingNode years)
    {
        foreach (var (key, value) in years.Children)
        {
            if ((key as YamlScalarNode)?.Value is not { } text || CalendarScalars.Year(text) is not { } year)
            {
                errors.Add(key, $"'{key}' is no year from {Timeline.FirstYear} to {Timeline.LastYear}");
            }
            else if (value is not YamlMappingNode map)
            {
                errors.Add(value, $"years.{year} needs a closed list");
            }
            else
            {
                yield return KeyValuePair.Create(year, _days.Year(year, map));
            }
        }
    }

    private IEnumerable<KeyValuePair<LocalDate, DayRule>> Days(YamlMappingNode days)
    {
        foreach (var (key, value) in days.Children)
        {
            if ((key as YamlScalarNode)?.Value is not { } text || CalendarScalars.Date(text) is not { } date)
            {
                errors.Add(key, $"'{key}' is no date such as 2026-11-08");
            }
            else if (_days.Day(value) is { } rule)
            {
                yield return KeyValuePair.Create(date, rule);
            }
        }
    }
}
