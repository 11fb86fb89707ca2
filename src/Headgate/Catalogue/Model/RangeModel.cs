using System.Collections.Frozen;

namespace Headgate.Catalogue;

/// <summary>Candle ranges: which parameters bound them, where the rows are, and how much one call may span.</summary>
public sealed class RangeModel
{
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>Format of the bounds: <c>unix</c>, <c>iso</c> or a .NET date pattern in <see cref="Zone"/>.</summary>
    public required string Format { get; init; }

    public required string Zone { get; init; }

    /// <summary>Member names from the root to the array of rows.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Index (or member name) of a row's bar start.</summary>
    public required string Time { get; init; }

    /// <summary>Format of a row's time.</summary>
    public required string TimeFormat { get; init; }

    /// <summary>Capture or parameter that names the interval.</summary>
    public required string Interval { get; init; }

    /// <summary>Per interval name: bar length and the longest span one call may ask.</summary>
    public required FrozenDictionary<string, RangeInterval> Intervals { get; init; }

    /// <summary>Rows come newest first (Coinbase).</summary>
    public bool Descending { get; init; }
}

/// <summary>One interval of a candle endpoint.</summary>
/// <param name="Bar">Bar length; a day for daily bars.</param>
/// <param name="MaxSpan">Longest span of one call.</param>
public sealed record RangeInterval(TimeSpan Bar, TimeSpan MaxSpan);
