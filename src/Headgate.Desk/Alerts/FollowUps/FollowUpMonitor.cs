using Headgate.Desk.Monitors.Hosting;
using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Alerts.FollowUps;

/// <summary>Takes the prices after alerts and keeps the workbook: every minute in which some are due, all of them in one ask that shares the minute's answer.</summary>
/// <remarks>
/// Two and ten minutes are counted from the alert's cycle. A price that falls behind its tolerance (the desk was down) stays empty. Where the close comes first,
/// the closing price is that of the moment. Not for use by several threads at a time; the host runs one cycle after the other.
/// </remarks>
public sealed class FollowUpMonitor : IMonitor
{
    private const int AlertsMax = 100_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    private readonly AlertDesk _desk;
    private readonly FollowUpStore _prices;
    private readonly IKiteMarket _market;
    private readonly SessionRules _rules;
    private readonly FollowUpOptions _options;
    private readonly HashSet<string> _summaries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Alert Alert, FollowUp Prices)> _rows = new(StringComparer.Ordinal);
    private DateOnly? _day;
    private DateTimeOffset _seen;
    private DateTimeOffset _written = DateTimeOffset.MinValue;
    private long _writtenVersion = -1;
    private bool _isBehind = true;

    /// <param name="desk">Whose alerts.</param>
    /// <param name="records">Where prices are kept.</param>
    /// <param name="market">Whom to ask.</param>
    /// <param name="rules">Trading days.</param>
    /// <param name="options">Null for the defaults.</param>
    public FollowUpMonitor(AlertDesk desk, IRecordStore records, IKiteMarket market, SessionRules rules, FollowUpOptions? options = null)
    {
        _desk = desk;
        _prices = new FollowUpStore(records);
        _market = market;
        _rules = rules;
        _options = options ?? new FollowUpOptions();
    }

    public string Name => "followup";

    public IReadOnlyList<DateTimeOffset> Moments(DateOnly day)
    {
        if (_rules.CloseOf(day) is not { } close)
        {
            return [];
        }

        List<DateTimeOffset> moments = [];
        for (var at = Ist.At(day, _rules.From) + _options.First; at < close; at = at.AddMinutes(1))
        {
            moments.Add(at);
        }

        moments.AddRange(_options.AfterClose.Select(after => Ist.Of(close + after)));
        return moments;
    }

    public async ValueTask<CycleResult> RunAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var day = Ist.DayOf(cycle);
        if (_rules.CloseOf(day) is not { } close)
        {
            return new CycleResult(0, 0) { Note = "no trading day" };
        }

        await LoadAsync(day, cycle, cancellation);
        var due = _rows.Values.Where(row => IsDue(row.Alert, row.Prices, cycle, close)).ToList();
        var (priced, errors) = due.Count == 0 ? (0, 0) : await AskAsync(due, cycle, close, cancellation);
        errors += await WriteAsync(cycle, isLast: cycle >= close, cancellation);
        return new CycleResult(due.Count, priced) { Errors = errors, Note = due.Count == 0 ? "nothing is due" : null };
    }

    private async ValueTask LoadAsync(DateOnly day, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var (from, before) = (Ist.At(day, TimeOnly.MinValue), Ist.At(day.AddDays(1), TimeOnly.MinValue));
        IReadOnlyDictionary<string, FollowUp>? known = null;
        if (_day != day)
        {
            _rows.Clear();
            _summaries.Clear();
            (_day, _seen) = (day, from);
            known = await _prices.ListAsync(from, before, cancellation);
        }

        // Alerts of one cycle may become durable out of order, so the last minutes are looked at again.
        var since = _seen - LookBack > from ? _seen - LookBack : from;
        foreach (var alert in await _desk.Alerts.AlertsAsync(since, before, AlertsMax, cancellation))
        {
            if (alert.Lines.Count > 0 && _summaries.Add(alert.Key))
            {
                _isBehind = true;
            }

            if (alert.Row is { } row && AlertSheets.All.Contains(row.Sheet, StringComparer.Ordinal) && _rows.TryAdd(alert.Key, (alert, known?.GetValueOrDefault(alert.Key) ?? FollowUp.None)))
            {
                _isBehind = true;
            }
        }

        _seen = cycle > _seen ? cycle : _seen;
    }

    private bool IsDue(Alert alert, FollowUp prices, DateTimeOffset cycle, DateTimeOffset close) => Fill(alert, prices, price: 1m, cycle, close) != prices;

    // What the price of this cycle is good for.
    private FollowUp Fill(Alert alert, FollowUp prices, decimal price, DateTimeOffset cycle, DateTimeOffset close)
    {
        bool IsFor(DateTimeOffset due) => due >= close ? cycle >= close : cycle >= due && cycle <= due + _options.Tolerance;
        return prices with
        {
            TwoMinutes = prices.TwoMinutes ?? (IsFor(alert.Cycle + _options.First) ? price : null),
            TenMinutes = prices.TenMinutes ?? (IsFor(alert.Cycle + _options.Second) ? price : null),
            EndOfDay = prices.EndOfDay ?? (cycle >= close ? price : null),
        };
    }

    private async ValueTask<(int Priced, int Errors)> AskAsync(IReadOnlyList<(Alert Alert, FollowUp Prices)> due, DateTimeOffset cycle, DateTimeOffset close, CancellationToken cancellation)
    {
        var names = due.Select(static row => "NSE:" + row.Alert.Subject).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var set = await _market.QuotesAsync(names, cycle, Name, cancellation);
        var filled = new List<(Alert Alert, FollowUp Prices)>();
        foreach (var (alert, prices) in due)
        {
            if (set.Quotes.TryGetValue("NSE:" + alert.Subject, out var quote) && !set.IsStale)
            {
                filled.Add((alert, Fill(alert, prices, quote.Last, cycle, close)));
            }
        }

        if (filled.Count > 0)
        {
            await _prices.PutAsync(filled, cancellation);
            foreach (var row in filled)
            {
                _rows[row.Alert.Key] = row;
            }

            _isBehind = true;
        }

        return (filled.Count, due.Count - filled.Count);
    }

    private async ValueTask<int> WriteAsync(DateTimeOffset cycle, bool isLast, CancellationToken cancellation)
    {
        var isBehind = _isBehind || _writtenVersion != _desk.Version;
        if (_options.Directory is not { } directory || !isBehind || (!isLast && cycle - _written < _options.WorkbookEvery))
        {
            return 0;
        }

        var version = _desk.Version;
        try
        {
            var before = Ist.At(_day!.Value.AddDays(1), TimeOnly.MinValue);
            await AlertWorkbook.WriteAsync(directory, _desk.Alerts, _prices, before.AddDays(-_options.WorkbookDays), before, _desk.MainChannel, cancellation);
        }
        catch (IOException)
        {
            // Open elsewhere, or no room: the records hold everything, and the next writing brings the file up to date.
            return 1;
        }

        (_written, _writtenVersion, _isBehind) = (cycle, version, false);
        return 0;
    }
}
