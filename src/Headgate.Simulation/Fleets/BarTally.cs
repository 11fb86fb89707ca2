namespace Headgate.Simulation;

/// <summary>Bars asked and bars fetched, by series.</summary>
internal sealed class BarTally
{
    private readonly SortedDictionary<string, (long Asked, long Fetched, SortedSet<string> Clients)> _series = new(StringComparer.Ordinal);

    /// <summary>Bars asked of all series.</summary>
    public BarShare Total => ShareOf(_series.Values.Select(series => (series.Asked, series.Fetched)));

    /// <summary>A client got some bars of a series.</summary>
    public void NoteAsked(string target, string client, int bars)
    {
        var (asked, fetched, clients) = Of(target);
        clients.Add(client);
        _series[PathOf(target)] = (asked + bars, fetched, clients);
    }

    /// <summary>A call brought some bars of a series.</summary>
    public void NoteFetched(string target, int bars)
    {
        var (asked, fetched, clients) = Of(target);
        _series[PathOf(target)] = (asked, fetched + bars, clients);
    }

    /// <summary>Shares by client, over the series each asked.</summary>
    public IReadOnlyDictionary<string, BarShare> ByClient() => _series.Values.SelectMany(series => series.Clients).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        .ToDictionary(client => client, client => ShareOf(_series.Values.Where(series => series.Clients.Contains(client)).Select(series => (series.Asked, series.Fetched))), StringComparer.Ordinal);

    private static BarShare ShareOf(IEnumerable<(long Asked, long Fetched)> series)
    {
        var (asked, fetched) = series.Aggregate((Asked: 0L, Fetched: 0L), (sum, one) => (sum.Asked + one.Asked, sum.Fetched + one.Fetched));
        return new BarShare(asked, fetched, asked == 0 ? 0 : decimal.Round(Math.Max(0, asked - fetched) / (decimal)asked, 4));
    }

    private static string PathOf(string target) => target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? target[..mark] : target;

    private (long Asked, long Fetched, SortedSet<string> Clients) Of(string target) =>
        _series.TryGetValue(PathOf(target), out var known) ? known : (0, 0, new SortedSet<string>(StringComparer.Ordinal));
}
