using Headgate.Strategies.Store;

namespace Headgate.Strategies.Tests;

/// <summary>Daily data held in memory, built up by a test.</summary>
internal sealed class MemorySeries : IDailySeriesSource
{
    private readonly SortedDictionary<DateOnly, decimal> _spot = [];
    private readonly Dictionary<DateOnly, List<ContractDay>> _rows = [];

    public string Symbol { get; init; } = "NIFTY";

    public List<ExpiryRow> Weekly { get; } = [];

    public List<ExpiryRow> Monthly { get; } = [];

    public List<DateRange> Ranges { get; } = [];

    public string Version { get; set; } = "test";

    public static DateOnly Day(string monthDay) => DateOnly.ParseExact($"2024-{monthDay}", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public void Spot(DateOnly day, decimal close) => _spot[day] = close;

    public void Future(DateOnly day, DateOnly expiry, decimal close) => Add(day, new ContractId(InstrumentKind.IndexFuture, OptionRight.None, expiry, 0), close, 1000);

    public void Option(DateOnly day, OptionRight right, DateOnly expiry, decimal strike, decimal close, decimal turnover = 1000) =>
        Add(day, new ContractId(InstrumentKind.IndexOption, right, expiry, strike), close, turnover);

    public IReadOnlyList<SpotDay> SpotDays => [.. _spot.Select(s => new SpotDay(s.Key, s.Value))];

    public ValueTask<string> VersionAsync(CancellationToken cancellation) => ValueTask.FromResult(Version);

    public ValueTask<IReadOnlyList<SpotDay>> SpotAsync(string symbol, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<SpotDay>>(symbol == Symbol ? SpotDays : []);

    public ValueTask<IReadOnlyList<ExpiryRow>> ExpiriesAsync(string symbol, ExpiryKind kind, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<ExpiryRow>>(kind == ExpiryKind.Weekly ? Weekly : Monthly);

    public ValueTask<IReadOnlyList<DateRange>?> RangesAsync(string filter, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DateRange>?>(Ranges);

    public ValueTask<DaySheet?> SheetAsync(string symbol, DateOnly date, CancellationToken cancellation) =>
        ValueTask.FromResult(symbol == Symbol && _rows.TryGetValue(date, out var rows) ? new DaySheet(symbol, date, rows) : null);

    private void Add(DateOnly day, ContractId id, decimal close, decimal turnover)
    {
        if (!_rows.TryGetValue(day, out var rows))
        {
            _rows[day] = rows = [];
        }

        rows.RemoveAll(r => r.Id == id);
        rows.Add(new ContractDay(id, close, close, close, close, close, 10, turnover, 100));
    }
}
