namespace Headgate.Strategies;

/// <summary>One parameter or setting a strategy takes.</summary>
/// <param name="Name">snake_case; unique among the strategy's parameters and settings.</param>
/// <param name="Default">A <see cref="long"/>, <see cref="decimal"/>, <see cref="string"/> or <see cref="bool"/>; null makes the parameter required.</param>
/// <param name="Minimum">Smallest allowed number, inclusive; null for none.</param>
/// <param name="Maximum">Largest allowed number, inclusive; null for none.</param>
/// <param name="Options">The only allowed values; null for any.</param>
public sealed record ParameterDefinition(
    string Name, ParameterType Type, object? Default, string Description, decimal? Minimum = null, decimal? Maximum = null, IReadOnlyList<object>? Options = null);
