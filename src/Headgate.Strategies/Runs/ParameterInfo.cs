namespace Headgate.Strategies.Runs;

/// <summary>A parameter as the API describes it.</summary>
/// <param name="Type">int, select, float, str or bool.</param>
public sealed record ParameterInfo(
    string Name, string Type, bool Required, object? Default, decimal? MinValue, decimal? MaxValue, IReadOnlyList<object>? Options, string Description)
{
    public static ParameterInfo Of(ParameterDefinition definition) => new(
        definition.Name,
        definition.Type switch
        {
            ParameterType.Integer => "int",
            ParameterType.Select => "select",
            ParameterType.Number => "float",
            ParameterType.Flag => "bool",
            _ => "str",
        },
        definition.Default is null, definition.Default, definition.Minimum, definition.Maximum, definition.Options, definition.Description);
}
