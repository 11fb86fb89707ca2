using Headgate.Desk.Alerts;
using Headgate.Desk.Fleet.Bots;
using Headgate.Desk.Fleet.Exchange;
using Headgate.Desk.Fleet.Market;
using Headgate.Desk.Fleet.Orders;
using Headgate.Desk.Fleet.Statistics;
using Headgate.Desk.Waiting;

namespace Headgate.Desk.Fleet;

/// <summary>A bot for each pair, all evaluated together once a cycle from one snapshot.</summary>
/// <remarks>
/// Evaluates at once when it starts, then at whole multiples of the cycle; while data is missing or stale it looks again sooner. One run at a time;
/// <see cref="Status"/>, <see cref="Statistics"/> and <see cref="SetModeAsync"/> may be called from anywhere.
/// </remarks>
public sealed class FleetHost
{
    private readonly FleetOptions _options;
    private readonly FleetExchange _exchange;
    private readonly TimeProvider _time;
    private readonly Action<BotDecision>? _decided;
    private readonly IFleetReader _reader;
    private readonly PairReader _own;
    private readonly BotRules _rules;
    private readonly BotBook _book;
    private readonly BotTrader _trader;
    private readonly BotModes _modes;
    private readonly Queue<DateTimeOffset> _sent = new();
    private volatile Evaluation? _last;

    /// <param name="exchange">The exchange.</param>
    /// <param name="records">What bots remember and orders, over restarts.</param>
    /// <param name="options">Pairs, times and limits.</param>
    /// <param name="decided">Told of every decision to buy or sell before its order is sent.</param>
    public FleetHost(FleetExchange exchange, IRecordStore records, FleetOptions options, Action<BotDecision>? decided = null)
    {
        _options = options;
        _exchange = exchange;
        _time = exchange.Time;
        _decided = decided;
        _reader = options.Style switch
        {
            FleetStyle.Batched => new BatchedReader(exchange, _time, options),
            FleetStyle.SingleProduct => new SingleReader(exchange, _time, options),
            _ => new PerBotReader(exchange, _time, options),
        };
        _own = new PairReader(exchange, _time, options, TimeSpan.Zero, TimeSpan.Zero);
        _rules = new BotRules(options);
        _book = new BotBook(records);
        _modes = new BotModes(records, options);
        _trader = new BotTrader(new OrderDesk(exchange, records, _time), _book, _time);
    }

    /// <summary>What was asked, and what it cost.</summary>
    public FleetStatistics Statistics => _exchange.Statistics;

    /// <summary>Changes one bot's mode from its next evaluation on, over restarts too; nothing restarts.</summary>
    /// <param name="pair">The bot's.</param>
    /// <param name="mode">Its mode; null gives back the one of the settings.</param>
    /// <param name="cancellation">Leaves.</param>
    /// <returns>False when there is no such bot.</returns>
    /// <exception cref="IOException">It could not be made durable; nothing changed.</exception>
    public async ValueTask<bool> SetModeAsync(string pair, BotMode? mode, CancellationToken cancellation = default)
    {
        if (!_options.Pairs.Contains(pair, StringComparer.Ordinal))
        {
            return false;
        }

        await _modes.SetAsync(pair, mode, _time.GetUtcNow(), cancellation);
        return true;
    }

    /// <summary>One bot each.</summary>
    public IReadOnlyList<string> Pairs => _options.Pairs;

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
            .. last.Bots.Select(bot => bot with { DataAge = bot.DataAge + (now - bot.At), Mode = _modes.Of(bot.Pair) })
                .OrderBy(bot => bot.Signal switch { BotAction.Buy => 0, BotAction.Sell => 1, _ => 2 })
                .ThenByDescending(bot => Math.Abs(bot.Scores?.Total ?? 0))
                .ThenBy(bot => bot.Pair, StringComparer.Ordinal),
        ];
        var late = now - last.NextRun;
        return new FleetStatus(bots, last.At, last.NextRun, late > _options.CandlesDeadline + _options.RetryEvery ? $"no evaluation for {now - last.At:hh\\:mm\\:ss}" : last.Problem)
        {
            Took = last.Took,
            Calls = last.Calls,
            IsTrading = last.IsTrading,
        };
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
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

    /// <summary>Evaluates once, now, trades what is confirmed, and ends. Not while it runs.</summary>
    public async Task<FleetStatus> RunOnceAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        await EvaluateAsync(_time.GetUtcNow(), cancellation);
        return Status();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        await _book.LoadAsync(_options.Pairs, cancellation);
        await _modes.LoadAsync(cancellation);
    }

    private async ValueTask<DateTimeOffset> EvaluateAsync(DateTimeOffset cycle, CancellationToken cancellation)
    {
        var (began, calls) = (_time.GetTimestamp(), Statistics.Calls);
        if (await _trader.FollowAsync(cancellation))
        {
            _reader.ForgetBalances();
        }

        // Everything is read before anything is decided, and the shared quote last: its prices may not age while a bot waits for data of its own.
        var modes = _options.Pairs.ToDictionary(static pair => pair, _modes.Of, StringComparer.Ordinal);
        var own = await OwnViewsAsync(modes, cancellation);
        var views = await _reader.ReadAsync(cancellation);
        var decisions = new List<(BotDecision Decision, BotView View)>();
        foreach (var pair in _options.Pairs)
        {
            decisions.Add(await DecideAsync(pair, modes[pair], views[pair], own.GetValueOrDefault(pair), Buys(decisions), Trades(decisions), cycle, cancellation));
        }

        await HoldBackAsync(decisions, cycle, cancellation);
        var now = _time.GetUtcNow();
        var blocked = decisions.Find(both => both.View.Problem is not null || both.View.Ticker is { IsStale: true });
        var problem = blocked.View is { } view ? Trouble(view, now) : Unlisted(decisions);
        Show(decisions, now, NextRun(now, blocked.View is not null), problem, began, calls, isTrading: true);
        await TradeAsync(decisions, cycle, cancellation);
        var next = NextRun(_time.GetUtcNow(), blocked.View is not null || _book.All.Any(state => state.OpenOrder is not null));
        Show(decisions, now, next, problem, began, calls, isTrading: false);
        return next;
    }

    private static string Trouble(BotView view, DateTimeOffset now) =>
        view.Problem is { } why ? $"data is missing: {why}" : FormattableString.Invariant($"prices are stale: {(now - view.Ticker!.FetchedAt).TotalSeconds:0} s old");

    // Looking again soon would not change it, but the fleet is not what its settings say.
    private string? Unlisted(List<(BotDecision Decision, BotView View)> decisions) =>
        decisions.FindAll(both => both.View.Ticker is null && !_options.Stopped.Contains(both.Decision.Pair, StringComparer.Ordinal)) is { Count: > 0 } missing
            ? $"the exchange does not list {string.Join(", ", missing.Select(static both => both.Decision.Pair))}: take the pair out of the settings, or stop its bot"
            : null;

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

    private void Show(IEnumerable<(BotDecision Decision, BotView View)> decisions, DateTimeOffset at, DateTimeOffset next, string? problem, long began, long calls, bool isTrading) =>
        _last = new Evaluation(
            [.. decisions.Select(both => both.Decision with { NextRun = next, LastOrder = _book[both.Decision.Pair].LastOrder })],
            at,
            next,
            problem,
            _time.GetElapsedTime(began),
            Statistics.Calls - calls,
            isTrading);

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

    private async Task<Dictionary<string, BotView>> OwnViewsAsync(Dictionary<string, BotMode> modes, CancellationToken cancellation)
    {
        List<string> pairs = [.. _options.Pairs.Where(pair => modes[pair] != BotMode.On)];
        var views = await Together.AllAsync([.. pairs.Select(pair => _own.ReadAloneAsync(pair, cancellation))]);
        return pairs.Zip(views).ToDictionary(static both => both.First, static both => both.Second, StringComparer.Ordinal);
    }

    private async ValueTask<(BotDecision Decision, BotView View)> DecideAsync(
        string pair, BotMode mode, BotView shared, BotView? own, decimal spent, int trades, DateTimeOffset cycle, CancellationToken cancellation)
    {
        var view = Left(own ?? shared, spent);
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

    private sealed record Evaluation(IReadOnlyList<BotDecision> Bots, DateTimeOffset At, DateTimeOffset NextRun, string? Problem, TimeSpan Took, long Calls, bool IsTrading);
}
