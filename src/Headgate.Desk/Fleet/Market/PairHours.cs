using Headgate.Desk.Fleet.Exchange;

namespace Headgate.Desk.Fleet.Market;

/// <summary>A pair's hours: the exchange's candles once each hour has closed, and the running hour built from the prices seen of it.</summary>
internal sealed class PairHours(string pair, int count)
{
    // An hour nobody traded in has no candle, so that it is missing proves nothing; one that is late is there by the second look.
    private const int LooksMax = 2;

    private IReadOnlyList<Candle>? _closed;
    private DateTimeOffset _until;
    private int _looks;
    private Candle? _running;

    /// <summary>Why there are no candles of the hours that have closed, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Fetches the hours that have closed, once per hour.</summary>
    public async Task LoadAsync(FleetExchange exchange, DateTimeOffset now, TimeSpan deadline, string client, CancellationToken cancellation)
    {
        var hour = HourOf(now);
        if (_until != hour)
        {
            (_until, _looks, _closed) = (hour, 0, null);
        }

        if (_looks == LooksMax || _closed is { Count: > 0 } known && known[^1].Start == hour.AddHours(-1))
        {
            return;
        }

        var answer = await exchange.HoursAsync(pair, hour.AddHours(-count), hour, maxAge: null, deadline, client, urgency: 3, cancellation);
        _closed = answer.Value ?? _closed;
        _looks += answer.Value is null ? 0 : 1;
        Problem = _closed is null ? answer.Problem : null;
    }

    /// <summary>A price of the running hour.</summary>
    public void See(decimal price, DateTimeOffset now)
    {
        var hour = HourOf(now);
        _running = _running is { } running && running.Start == hour
            ? running with { High = Math.Max(running.High, price), Low = Math.Min(running.Low, price), Close = price }
            : new Candle(hour, price, price, price, price, 0, IsBuilt: true);
    }

    /// <summary>All hours, oldest first; null without those that have closed.</summary>
    public IReadOnlyList<Candle>? At(DateTimeOffset now) =>
        _closed is null || HourOf(now) != _until ? null : _running is { } running && running.Start == _until ? [.. _closed, running] : _closed;

    private static DateTimeOffset HourOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
