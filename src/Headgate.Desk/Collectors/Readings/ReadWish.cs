namespace Headgate.Desk.Collectors.Readings;

/// <summary>How often something is wanted.</summary>
/// <param name="Part">The part of a collection it belongs to.</param>
/// <param name="Item">What it is of; unique within its part.</param>
/// <param name="Provider">Catalogue name of the provider.</param>
/// <param name="Target">Raw path and query; where these follow from another answer, any of as many items.</param>
/// <param name="Every">The interval wanted, above zero.</param>
/// <param name="Market">Calendar code of the market outside whose sessions one verification after the close is enough; null for what changes at any hour.</param>
public sealed record ReadWish(string Part, string Item, string Provider, string Target, TimeSpan Every, string? Market)
{
    /// <summary>Unique among all that is read.</summary>
    public string Name => $"{Part} {Item}";
}
