using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>
/// The sheets one run reads. A trade's exit day is usually the next one's entry day, so a few recent sheets make each day read once
/// without holding years of sheets.
/// </summary>
internal sealed class RunSheets(IDailySeriesSource source, string symbol)
{
    private const int Kept = 16;

    private readonly Dictionary<DateOnly, DaySheet?> _sheets = [];
    private readonly Queue<DateOnly> _order = new();

    public async ValueTask<DaySheet?> OnAsync(DateOnly day, CancellationToken cancellation)
    {
        if (_sheets.TryGetValue(day, out var sheet))
        {
            return sheet;
        }

        sheet = await source.SheetAsync(symbol, day, cancellation);
        if (_order.Count == Kept)
        {
            _sheets.Remove(_order.Dequeue());
        }

        _order.Enqueue(day);
        _sheets[day] = sheet;
        return sheet;
    }
}
