using System.Globalization;
using System.Text.Json;

namespace Headgate.Strategies;

/// <summary>
/// One rule for all strategies (specification §2): fill defaults, refuse unknown names, then check type, range and options. The texts are
/// the replaced platform's.
/// </summary>
public static class ParameterValidator
{
    /// <summary>Longest text value; symbols and filter names are far shorter.</summary>
    private const int TextLengthMax = 200;

    /// <summary>Checks what a caller gave.</summary>
    /// <returns>The values, or the text of the first thing wrong.</returns>
    public static (ParameterValues? Values, string? Error) Check(IStrategy strategy, IReadOnlyDictionary<string, JsonElement> given)
    {
        var definitions = strategy.Parameters.Concat(strategy.Settings).ToDictionary(d => d.Name, StringComparer.Ordinal);
        if (given.Keys.FirstOrDefault(name => !definitions.ContainsKey(name)) is { } unknown)
        {
            return (null, $"Unknown parameter '{Shortened(unknown)}'");
        }

        var values = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var definition in definitions.Values)
        {
            var (value, error) = given.TryGetValue(definition.Name, out var element) && element.ValueKind != JsonValueKind.Null
                ? Read(definition, element)
                : (definition.Default, definition.Default is null ? $"Required parameter '{definition.Name}' is missing" : null);
            error ??= CheckRange(definition, value!);
            if (error is not null)
            {
                return (null, error);
            }

            values[definition.Name] = value!;
        }

        var identity = values
            .Where(v => strategy.Settings.FirstOrDefault(s => s.Name == v.Key) is not { } setting || !v.Value.Equals(setting.Default))
            .ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        var checkedValues = new ParameterValues(values, identity);
        return strategy.CheckTogether(checkedValues) is { } wrong ? (null, wrong) : (checkedValues, null);
    }

    private static (object? Value, string? Error) Read(ParameterDefinition definition, JsonElement element) => definition.Type switch
    {
        ParameterType.Number => TryNumber(element, out var number)
            ? (Normalised(number), null) : (null, $"Parameter '{definition.Name}' must be a number"),
        ParameterType.Integer or ParameterType.Select => TryNumber(element, out var whole) && decimal.Truncate(whole) == whole && Math.Abs(whole) < long.MaxValue
            ? ((long)whole, null) : (null, $"Parameter '{definition.Name}' must be an integer"),
        ParameterType.Flag => element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? (element.GetBoolean(), null) : (null, $"Parameter '{definition.Name}' must be a boolean"),
        _ => element.ValueKind == JsonValueKind.String && element.GetString() is { Length: <= TextLengthMax } text
            ? (text, null) : (null, $"Parameter '{definition.Name}' must be a string"),
    };

    private static bool TryNumber(JsonElement element, out decimal number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out number);
    }

    // Dividing by a one with 28 decimals strips trailing zeros: 1.50 and 1.5 must be one value in texts as well.
    private static object Normalised(decimal number) => number / 1.0000000000000000000000000000m;

    private static string? CheckRange(ParameterDefinition definition, object value)
    {
        decimal? number = value switch { long whole => whole, decimal exact => exact, _ => null };
        if (number < definition.Minimum)
        {
            return $"Parameter '{definition.Name}' must be >= {Bound(definition, definition.Minimum!.Value)}";
        }

        if (number > definition.Maximum)
        {
            return $"Parameter '{definition.Name}' must be <= {Bound(definition, definition.Maximum!.Value)}";
        }

        return definition.Options is { } options && !options.Contains(value)
            ? $"Parameter '{definition.Name}' must be one of {PythonText.List(options)}"
            : null;
    }

    private static string Bound(ParameterDefinition definition, decimal bound) =>
        definition.Type == ParameterType.Number ? PythonText.Float(bound) : bound.ToString(CultureInfo.InvariantCulture);

    private static string Shortened(string name) => name.Length <= 60 ? name : name[..60] + "…";
}
