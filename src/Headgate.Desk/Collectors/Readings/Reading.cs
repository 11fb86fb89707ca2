using System.Text.Json.Serialization;

namespace Headgate.Desk.Collectors.Readings;

/// <summary>A value with its age and source, or why there is none.</summary>
/// <param name="Item">What was read.</param>
/// <param name="Source">Catalogue name of the provider.</param>
/// <param name="State">How good it is.</param>
/// <param name="Value">The value; null when unavailable.</param>
/// <param name="At">When the call that brought it was sent.</param>
/// <param name="Reason">Why it is not fresh.</param>
public sealed record Reading<T>(string Item, string Source, ReadingState State, T? Value, DateTimeOffset? At, string? Reason) : IReading
    where T : class
{
    [JsonIgnore]
    public object? Data => Value;

    public IReading AsStale(string reason) => this with { State = ReadingState.Stale, Reason = reason };

    public static Reading<T> None(string item, string source, string reason) => new(item, source, ReadingState.Unavailable, null, null, reason);

    /// <summary>The same quality with another value, taken from this one.</summary>
    public Reading<TOther> With<TOther>(string item, TOther? value, string absent)
        where TOther : class =>
        State == ReadingState.Unavailable ? Reading<TOther>.None(item, Source, Reason!)
        : value is null ? Reading<TOther>.None(item, Source, absent)
        : new Reading<TOther>(item, Source, State, value, At, Reason);
}
