using System.Collections.Concurrent;
using Headgate.Desk.Alerts;
using Headgate.Desk.Doors;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Fleet.Market;
using Headgate.Desk.Fleet.Orders;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet;

/// <summary>A bot for each pair, all evaluated together once a cycle from one snapshot.</summary>
/// <remarks>
/// Evaluates at once when it starts, then at whole multiples of the cycle; while data is missing or stale it looks again sooner. One run at a time;
/// <see cref="Status"/> and <see cref="SetMode"/> may be called from anywhere.
/// </remarks>
public sealed class FleetHost
{
    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<BotDecision>? _decided;
    private readonly IFleetReader _reader;
    private readonly PairReader _own;
    private readonly BotRules _rules;
    private readonly BotBook _book;
    private readonly BotTrader _trader;
    private readonly ConcurrentDictionary<string, BotMode> _modes = new(StringComparer.Ordinal);
    private readonly Queue<DateTimeOffset> _sent = new();
    private volatile Evaluation? _last;

    /// <param name="door">The way to the exchange.</param>
    /// <param name="signer">Signs private requests.</param>
    /// <param name="records">What bots remember and orders, over restarts.</param>
    /// <param name="options">Pairs, times and limits.</param>
    /// <param name="decided">Told of every decision to buy or sell before its order is sent.</param>
    public FleetHost(IDeskDoor door, IRequestSigner signer, IRecordStore records, FleetOptions options, Action<BotDecision>? decided = null)
    {
        _options = options;
        _time = door.Time;
        _decided = decided;
        var exchange = new FleetExchange(door, signer);
        _reader = options.Style switch
        {
            FleetStyle.Batched => new BatchedReader(exchange, _time, options),
            FleetStyle.SingleProduct => new SingleReader(exchange, _time, options),
            _ => new PerBotReader(exchange, _time, options),
        };
        _own = new PairReader(exchange, _time, options, TimeSpan.Zero, TimeSpan.Zero);
        _rules = new BotRules(options);
        _book = new BotBook(records);
        _trader = new BotTrader(new OrderDesk(exchange, records, _time), _book, _time);
    }

    /// <summary>Changes one bot's mode from its next evaluation on; nothing restarts.</summary>
    public void SetMode(string pair, BotMode mode) => _modes[pair] = mode;

    /// <summary>What is known now.</summary>
    public FleetStatus Status()
    {
        if (_last is not { } last)
        {
            return new FleetStatus([], null, null, "not evaluated yet");
        }

        var now = _time.GetUtcNow();
        IReadOnlyList<BotDecision> bots =
        [
            .. last.Bots.Select(bot => bot with { DataAge = bot.DataAge + (now - last.At) })
                .OrderBy(bot => bot.Signal switch { BotAction.Buy => 0, BotAction.Sell => 1, _ => 2 })
                .ThenByDescending(bot => Math.Abs(bot.Scores?.Total ?? 0))
                .ThenBy(bot => bot.Pair, StringComparer.Ordinal),
        ];
        var late = now - last.NextRun;
        return new FleetStatus(bots, last.At, last.NextRun, late > _options.CandlesDeadline + _options.RetryEvery ? $"no evaluation for {now - last.At:hh\\:mm\\:ss}" : last.Problem);
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await _book.LoadAsync(_options.Pairs, cancellation);
        var cycle = _time.GetUtcNow();
        try
        {
            while (true)
            {
                var next = await EvaluateAsync(cycle, cancellation);
                await new Pause().WaitAsync(next - _time.GetUtcNow(), _time, cancellation);
                cycle = next;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end was asked for.
        }
    }

    private async ValueTask<DateTimeOffset> EvaluateAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        if (await _trader.FollowAsync(cancellation))
        {
            _reader.ForgetBalances();
        }

        var views = await _reader.ReadAsync(cancellation);
        var decisions = new List<(BotDecision Decision, BotView View)>();
        foreach (var pair in _options.Pairs)
        {
            decisions.Add(await DecideAsync(pair, views[pair], Buys(decisions), Trades(decisions), cycle, cancellation));
        }

        await HoldBackAsync(decisions, cycle, cancellation);
        var now = _time.GetUtcNow();
        var blocked = decisions.Find(both => both.View.Problem is not null || both.View.Ticker is { IsStale: true });
        Show(decisions, now, NextRun(now, blocked.View is not null), blocked.Decision?.Reason);
        await TradeAsync(decisions, cycle, cancellation);
        var next = NextRun(_time.GetUtcNow(), blocked.View is not null || _book.All.Any(state => state.OpenOrder is not null));
        Show(decisions, now, next, blocked.Decision?.Reason);
        return next;
    }

    // The strongest go first; the others keep their confirmed signal and say what they wait for.
    private async ValueTask HoldBackAsync(List<(BotDecision Decision, BotView View)> decisions, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        while (_sent.TryPeek(out var at) && now - at >= TimeSpan.FromMinutes(1))
        {
            _sent.Dequeue();
        }

        var late = decisions.Where(both => both.Decision.Action != BotAction.Hold)
            .OrderByDescending(both => Math.Abs(both.Decision.Scores!.Total))
            .ThenBy(both => both.Decision.Pair, StringComparer.Ordinal)
            .Skip(Math.Max(0, _options.OrdersPerMinute - _sent.Count))
            .ToList();
        foreach (var (decision, view) in late)
        {
            await _book.PutAsync(_book[decision.Pair] with { Confirming = decision.Action, ConfirmingSince = cycle - _options.Confirmation }, now, cancellation);
            var reason = FormattableString.Invariant($"waits: {_options.OrdersPerMinute} orders a minute are sent at most, stronger signals first");
            decisions[decisions.FindIndex(both => both.Decision == decision)] = (decision with { Action = BotAction.Hold, Reason = reason }, view);
        }
    }

    private void Show(IEnumerable<(BotDecision Decision, BotView View)> decisions, DateTimeOffset at, DateTimeOffset next, string? problem) =>
        _last = new Evaluation([.. decisions.Select(both => both.Decision with { NextRun = next, LastOrder = _book[both.Decision.Pair].LastOrder })], at, next, problem);

    private decimal Buys(List<(BotDecision Decision, BotView View)> decisions) => decisions.Count(both => both.Decision.Action == BotAction.Buy) * _options.TradeDollars;

    private static int Trades(List<(BotDecision Decision, BotView View)> decisions) => decisions.Count(both => both.Decision.Action != BotAction.Hold);

    // All at once: each is another pair's, and the last one should not wait for the first.
    private async ValueTask TradeAsync(IReadOnlyList<(BotDecision Decision, BotView View)> decisions, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var sent = new List<Task<bool>>();
        foreach (var (decision, view) in decisions.Where(both => both.Decision.Action != BotAction.Hold))
        {
            _decided?.Invoke(decision);
            _sent.Enqueue(_time.GetUtcNow());
            sent.Add(_trader.TradeAsync(decision, view, _options.TradeDollars, cycle, cancellation).AsTask());
        }

        if ((await Together.AllAsync(sent)).Contains(true))
        {
            _reader.ForgetBalances();
        }
    }

    private async ValueTask<(BotDecision Decision, BotView View)> DecideAsync(string pair, BotView shared, decimal spent, int trades, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var mode = _modes.TryGetValue(pair, out var set) ? set : _options.ModeOf(pair);
        var view = Left(mode == BotMode.On ? shared : await _own.ReadAloneAsync(pair, cancellation), spent);
        var day = DateOnly.FromDateTime(cycle.UtcDateTime);
        var today = _book.All.Where(state => state.Day == day).ToList();
        var count = new FleetDayCount(today.Sum(state => state.Trades) + trades, today.Sum(state => state.Profit));
        var now = _time.GetUtcNow();
        var (decision, state) = _rules.Decide(_book[pair], view, count, cycle, now);
        if (mode == BotMode.Shadow)
        {
            decision = decision with { Difference = Difference(decision, _rules.Decide(_book[pair], Left(shared, spent), count, cycle, now).Decision) };
        }

        await _book.PutAsync(state, now, cancellation);
        return (decision, view);
    }

    // What bots before it spend in this cycle is gone, although the balances were read before.
    private static BotView Left(BotView view, decimal spent) => spent == 0 || view.Balances is not { } balances
        ? view
        : view with { Balances = balances with { Available = new Dictionary<string, decimal>(balances.Available, StringComparer.Ordinal) { ["USD"] = balances.Of("USD") - spent } } };

    private static string? Difference(BotDecision own, BotDecision shared) =>
        own.Action != shared.Action ? FormattableString.Invariant($"{own.Action} by its own data, {shared.Action} by the snapshot")
        : own.Scores?.Total != shared.Scores?.Total ? FormattableString.Invariant($"score {own.Scores?.Total} by its own data, {shared.Scores?.Total} by the snapshot")
        : null;

    private DateTimeOffset NextRun(DateTimeOffset now, bool isBlocked)
    {
        var next = now.AddTicks(_options.Cycle.Ticks - (now.UtcTicks % _options.Cycle.Ticks));
        var soon = now + _options.RetryEvery;

        // The replaced system waited for its next cycle, and that is what this style is for.
        return isBlocked && soon < next && _options.Style != FleetStyle.PerBot ? soon : next;
    }

    private sealed record Evaluation(IReadOnlyList<BotDecision> Bots, DateTimeOffset At, DateTimeOffset NextRun, string? Problem);
}
