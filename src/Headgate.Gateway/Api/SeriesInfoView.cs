using Headgate.History;

namespace Headgate.Gateway.Api;

/// <summary>A candle series as the API tells it.</summary>
/// <param name="Endpoint"><c>provider.endpoint</c>.</param>
/// <param name="Item">The series: its target without bounds and credentials.</param>
/// <param name="Owner">Eight digits of its account's hash, or null where it is shared.</param>
/// <param name="From">The first second known.</param>
/// <param name="To">Behind the last second known.</param>
/// <param name="Gaps">Stretches between that are not known.</param>
/// <param name="Rows">Candles held.</param>
/// <param name="Bytes">Bytes they are charged with.</param>
/// <param name="SentAt">The send of the newest contributing call.</param>
/// <param name="Body">The candles, one a line, when asked for and shared; else null.</param>
/// <param name="Withheld">Why they are not told.</param>
internal sealed record SeriesInfoView(
    string Endpoint, string Item, string? Owner, DateTimeOffset? From, DateTimeOffset? To, int Gaps, long Rows, long Bytes, string SentAt, string? Body = null, string? Withheld = null)
{
    public static SeriesInfoView Of(HistoryInfo series) => new(
        series.Series.Endpoint,
        series.Name,
        series.Series.Owner.IsNone ? null : series.Series.Owner.ToString(),
        series.Covered.Count == 0 ? null : At(series.Covered[0].Start),
        series.Covered.Count == 0 ? null : At(series.Covered[^1].End),
        Math.Max(0, series.Covered.Count - 1),
        series.Rows,
        series.Bytes,
        series.SentAt.ToString());

    private static DateTimeOffset At(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}
