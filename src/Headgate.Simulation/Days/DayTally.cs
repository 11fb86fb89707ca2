using Headgate.Reports;
using Headgate.Upstreams;

namespace Headgate.Simulation;

/// <summary>Counts how asks ended.</summary>
internal sealed class DayTally
{
    private readonly List<long> _ages = [];
    private readonly List<long> _staleAges = [];
    private readonly List<long> _waits = [];
    private long _answered;
    private long _stale;
    private long _refused;
    private long _failed;

    public void Note(in FetchResult result, long waitTicks)
    {
        switch (result.Kind)
        {
            case FetchKind.Hit or FetchKind.Fetched:
                _answered++;
                _ages.Add(result.Age.Ticks);
                break;
            case FetchKind.Stale:
                _stale++;
                _staleAges.Add(result.Age.Ticks);
                break;
            case FetchKind.Refused:
                _refused++;
                return;
            case FetchKind.Passed when result.Reply!.Status is >= 200 and < 300:
                _answered++;
                break;
            default:
                _failed++;
                return;
        }

        _waits.Add(waitTicks);
    }

    public GateReport ToReport(IReadOnlyList<EndpointStats> stats, TwinCounts arrived)
    {
        var items = stats.Sum(endpoint => endpoint.Items);
        return new GateReport(
            arrived.Arrivals,
            arrived.Violations,
            _answered,
            _stale,
            _refused,
            _failed,
            items,
            Share(stats.Sum(endpoint => endpoint.FreshHits), items),
            Share(stats.Sum(endpoint => endpoint.Stale), items),
            Share(stats.Sum(endpoint => endpoint.Joined), items),
            Percentiles.Of(_ages),
            Percentiles.Of(_staleAges),
            Percentiles.Of(_waits),
            arrived.ArrivalsByEndpoint)
        {
            Counted = stats,
        };
    }

    private static decimal Share(long part, long whole) => whole == 0 ? 0 : decimal.Round(part / (decimal)whole, 4);
}
