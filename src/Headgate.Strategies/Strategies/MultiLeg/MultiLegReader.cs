using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Headgate.Strategies.MultiLeg;

/// <summary>Reads and checks declarative strategies; every error names the file, and the line where the parser knows it.</summary>
public static class MultiLegReader
{
    private const int LegsMax = 8;
    private const int OffsetMax = 30;

    // Definitions nest three deep.
    private const int DepthMax = 8;

    /// <exception cref="InvalidDataException">The definition is not valid; the message lists everything wrong.</exception>
    public static MultiLegStrategy Read(string file, string yaml)
    {
        if (YamlText.Read(yaml, new YamlStream(), DepthMax) is { } fault)
        {
            throw new InvalidDataException($"{file}:{fault.Line}: {fault.Reason}");
        }

        MultiLegDefinition? definition;
        try
        {
            definition = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().WithEnforceNullability().Build()
                .Deserialize<MultiLegDefinition?>(yaml);
        }
        catch (YamlException wrong)
        {
            throw new InvalidDataException($"{file}:{wrong.Start.Line}: {wrong.InnerException?.Message ?? wrong.Message}", wrong);
        }

        var errors = definition is null ? ["the file is empty"] : Holes(definition) ?? Errors(definition).ToList();
        return errors.Count == 0 ? new MultiLegStrategy(definition!) : throw new InvalidDataException(string.Join(Environment.NewLine, errors.Select(e => $"{file}: {e}")));
    }

    // A dash with nothing behind it is an element all the same.
    private static List<string>? Holes(MultiLegDefinition d) =>
        d.Legs.Contains(null!) || d.Parameters.Contains(null!) || d.Symbols.Contains(null!) ? ["legs, parameters or symbols have an empty element"] : null;

    private static IEnumerable<string> Errors(MultiLegDefinition d)
    {
        if (d.Name.Length is 0 or > 60 || !d.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            yield return $"name is '{d.Name}'; expected up to 60 of a-z, 0-9 and _";
        }

        foreach (var error in new[]
        {
            OneOf("calendar", d.Calendar, "weekly", "monthly"), OneOf("ranges", d.Ranges, "inside", "outside"), OneOf("re_entry", d.ReEntry, "spot", "none"),
            Within("days_before", d.DaysBefore, 0, 2), Within("number of legs", d.Legs.Count, 1, LegsMax), d.Symbols.Count == 0 ? "symbols is empty" : null,
            d.Legs.DistinctBy(l => l.Name, StringComparer.Ordinal).Count() != d.Legs.Count ? "legs share a name" : null,
        })
        {
            if (error is not null)
            {
                yield return error;
            }
        }

        foreach (var error in d.Legs.SelectMany((leg, i) => LegErrors(d, leg).Select(e => $"legs[{i}].{e}")))
        {
            yield return error;
        }
    }

    private static IEnumerable<string> LegErrors(MultiLegDefinition d, LegDefinition leg)
    {
        var isOption = leg.Instrument != "future";
        foreach (var error in new[]
        {
            leg.Name.Length is 0 or > 30 ? $"name is '{leg.Name}'; expected 1 to 30 characters" : null,
            OneOf("instrument", leg.Instrument, "call", "put", "future"), OneOf("side", leg.Side, "buy", "sell"),
            OneOf("expiry", leg.Expiry, "current", "next", "monthly"), Within("quantity", leg.Quantity, 1, 100),
            Within("entry_offset", leg.EntryOffset, 0, OffsetMax), Within("exit_offset", leg.ExitOffset, 0, OffsetMax),
            isOption && (leg.OtmPercent is null) == (leg.PremiumPercent is null) ? "otm_percent or premium_percent is needed, and only one of them" : null,
            !isOption && (leg.OtmPercent ?? leg.PremiumPercent) is not null ? "instrument is future, which has no strike" : null,
            Value(d, "otm_percent", leg.OtmPercent), Value(d, "premium_percent", leg.PremiumPercent),
        })
        {
            if (error is not null)
            {
                yield return error;
            }
        }
    }

    private static string? OneOf(string field, string value, params string[] allowed) =>
        allowed.Contains(value, StringComparer.Ordinal) ? null : $"{field} is '{value}'; expected {string.Join(" or ", allowed)}";

    private static string? Within(string field, int value, int from, int to) => value >= from && value <= to ? null : $"{field} is {value}; expected {from}..{to}";

    private static string? Value(MultiLegDefinition d, string field, string? text) =>
        text is null || decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || (text.StartsWith('$') && d.Parameters.Exists(p => p.Name == text[1..]))
            ? null : $"{field} is '{text}'; expected a number or the $name of a parameter";
}
