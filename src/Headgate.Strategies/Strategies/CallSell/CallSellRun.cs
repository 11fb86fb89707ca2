using Headgate.Strategies.Store;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.CallSell;

/// <summary>The state of one run: the futures expiry of the present row, trades and skips so far (specification §3.3).</summary>
internal sealed class CallSellRun(RunInputs inputs, CallSellRules rules, RunSheets sheets)
{
    private readonly MonthlyExpiries _monthly = new(inputs.Monthly);
    private DateOnly _callExpiry;
    private DateOnly _futureExpiry;

    public List<CallSellTrade> Trades { get; } = [];

    public List<SkipEntry> Skipped { get; } = [];

    /// <summary>Sets the row's expiries; false when the monthly calendar holds none on or after the call's.</summary>
    public bool BeginRow(DateOnly previous, DateOnly current)
    {
        _callExpiry = current;
        if (_monthly.From(current) is { } future)
        {
            _futureExpiry = future;
            return true;
        }

        Skipped.Add(new SkipEntry(rules.Symbol, "monthly calendar exhausted", current, null, previous, current));
        return false;
    }

    public async ValueTask TradeAsync(SpotDay from, SpotDay to, CancellationToken cancellation)
    {
        var reason = UseBaseStart(from.Date) ? await TryTradeAsync(from, to, cancellation) : "monthly calendar exhausted";
        if (reason is not null)
        {
            Skipped.Add(new SkipEntry(rules.Symbol, reason, _callExpiry, _futureExpiry, from.Date, to.Date));
        }
    }

    // A trade opened on a base range's first day takes the second future from there, and so do the later intervals of that row.
    private bool UseBaseStart(DateOnly from)
    {
        if (rules.PortCompat || !inputs.Days.Ranges.Any(r => r.Start == from))
        {
            return true;
        }

        if (_monthly.SecondAfter(from) is not { } second)
        {
            return false;
        }

        _futureExpiry = second;
        return true;
    }

    private async ValueTask<string?> TryTradeAsync(SpotDay from, SpotDay to, CancellationToken cancellation)
    {
        if (await sheets.OnAsync(from.Date, cancellation) is not { } entry)
        {
            return $"bhavcopy missing for {from.Date:yyyy-MM-dd}";
        }

        if (await sheets.OnAsync(to.Date, cancellation) is not { } exit)
        {
            return $"bhavcopy missing for {to.Date:yyyy-MM-dd}";
        }

        var target = StrikeRule.Target(from.Close, rules.Position, rules.StrikeStep, rules.HalfEven);
        var (callIn, noEntry) = CallAtEntry(entry, target);
        if (callIn is null)
        {
            return noEntry;
        }

        if (exit.Find(callIn.Id) is not { } callOut)
        {
            return $"call exit missing for strike {callIn.Id.Strike:0.##} and expiry {callIn.Id.Expiry:yyyy-MM-dd}";
        }

        if (entry.FutureOfMonth(_futureExpiry) is not { } futureIn)
        {
            return $"future entry missing for {_futureExpiry:yyyy-MM}";
        }

        if (exit.FutureOfMonth(_futureExpiry) is not { } futureOut)
        {
            return $"future exit missing for {_futureExpiry:yyyy-MM}";
        }

        Trades.Add(new CallSellTrade(from, to, _futureExpiry, futureIn, futureOut, callIn, callOut));
        return null;
    }

    private (ContractDay? Row, string? Reason) CallAtEntry(DaySheet entry, decimal target)
    {
        if (rules.PortCompat)
        {
            var exact = entry.Find(new ContractId(InstrumentKind.IndexOption, OptionRight.Call, _callExpiry, target));
            return (exact, $"call entry missing for strike {target:0.##} and expiry {_callExpiry:yyyy-MM-dd}");
        }

        var upwards = rules.Position >= 0;
        var picked = OptionPicker.Pick(entry, OptionRight.Call, _callExpiry, target, rules.StrikeStep, upwards);
        return (picked, $"no strike at or {(upwards ? "above" : "below")} {target:0.##} with turnover");
    }
}
