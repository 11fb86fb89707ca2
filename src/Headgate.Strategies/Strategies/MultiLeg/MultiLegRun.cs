using Headgate.Strategies.Store;
using Headgate.Strategies.Windows;

namespace Headgate.Strategies.MultiLeg;

/// <summary>The state of one run of a declarative strategy: all legs of an interval trade, or none.</summary>
internal sealed class MultiLegRun(RunInputs inputs, MultiLegRules rules, RunSheets sheets, TradeCosts costs)
{
    private readonly MonthlyExpiries _monthly = new(inputs.Monthly);
    private ExpiryRow _row = new(null, default, null);
    private DateOnly _futureExpiry;

    public List<IReadOnlyList<object?>> Rows { get; } = [];

    public List<SkipEntry> Skipped { get; } = [];

    public IReadOnlyList<string> Columns =>
        ["Entry Date", "Exit Date", "Entry Spot", "Exit Spot", .. rules.Legs.SelectMany(LegFill.Columns), "Net P&L", .. costs.Columns];

    /// <summary>Sets the row's expiries; false when the monthly calendar holds none on or after the row's.</summary>
    public bool BeginRow(ExpiryRow row)
    {
        _row = row;
        if (_monthly.From(row.Current) is { } future)
        {
            _futureExpiry = future;
            return true;
        }

        Skipped.Add(new SkipEntry(rules.Symbol, "monthly calendar exhausted", row.Current, null, row.Previous!.Value, row.Current));
        return false;
    }

    public async ValueTask TradeAsync(SpotDay from, SpotDay to, CancellationToken cancellation)
    {
        if (rules.BaseStartRule && inputs.Days.Ranges.Any(r => r.Start == from.Date))
        {
            if (_monthly.SecondAfter(from.Date) is not { } second)
            {
                Skip("monthly calendar exhausted", from, to);
                return;
            }

            _futureExpiry = second;
        }

        var fills = new List<LegFill>(rules.Legs.Count);
        foreach (var leg in rules.Legs)
        {
            var (fill, reason) = await FillAsync(leg, from, to, cancellation);
            if (fill is null)
            {
                Skip(reason!, from, to);
                return;
            }

            fills.Add(fill);
        }

        var net = fills.Sum(f => f.Profit);
        Rows.Add(
        [
            Iso.Text(from.Date), Iso.Text(to.Date), from.Close, to.Close, .. fills.SelectMany(f => f.Values), net,
            .. costs.Values(net, [.. fills.SelectMany(f => f.Prices)]),
        ]);
    }

    private async ValueTask<(LegFill? Fill, string? Reason)> FillAsync(Leg leg, SpotDay from, SpotDay to, CancellationToken cancellation)
    {
        if (inputs.Days.Shift(from.Date, leg.EntryOffset) is not { } open || inputs.Days.Shift(to.Date, -leg.ExitOffset) is not { } close || open.Date >= close.Date)
        {
            return (null, $"{leg.Name}: the interval is too short for its offsets");
        }

        if (await sheets.OnAsync(open.Date, cancellation) is not { } entry)
        {
            return (null, $"bhavcopy missing for {open.Date:yyyy-MM-dd}");
        }

        if (await sheets.OnAsync(close.Date, cancellation) is not { } exit)
        {
            return (null, $"bhavcopy missing for {close.Date:yyyy-MM-dd}");
        }

        var (bought, reason) = leg.Right == OptionRight.None ? Future(entry) : Option(leg, entry, open.Close);
        if (bought is null)
        {
            return (null, $"{leg.Name}: {reason}");
        }

        var sold = leg.Right == OptionRight.None ? exit.FutureOfMonth(_futureExpiry) : exit.Find(bought.Id);
        return sold is null
            ? (null, $"{leg.Name}: exit missing for {bought.Id}")
            : (new LegFill(leg, open.Date, close.Date, leg.Right == OptionRight.None ? _futureExpiry : bought.Id.Expiry, bought, sold), null);
    }

    private (ContractDay? Row, string? Reason) Future(DaySheet entry) => (entry.FutureOfMonth(_futureExpiry), $"future entry missing for {_futureExpiry:yyyy-MM}");

    private (ContractDay? Row, string? Reason) Option(Leg leg, DaySheet entry, decimal spot)
    {
        if (OptionExpiry(leg) is not { } expiry)
        {
            return (null, "expiry calendar exhausted");
        }

        if (leg.PremiumPercent is { } premium)
        {
            var wanted = spot * premium / 100;
            return (PremiumPicker.Pick(entry, leg.Right, expiry, wanted, rules.StrikeStep), $"no strike with turnover for a premium near {StrikeRule.Round2(wanted)}");
        }

        // Out of the money is above the spot for a call and below for a put; the search goes on in the same direction.
        var outOfTheMoney = leg.OtmPercent!.Value;
        var isCall = leg.Right == OptionRight.Call;
        var target = StrikeRule.Target(spot, isCall ? outOfTheMoney : -outOfTheMoney, rules.StrikeStep, rules.HalfEven);
        var upwards = isCall == (outOfTheMoney >= 0);
        return (
            OptionPicker.Pick(entry, leg.Right, expiry, target, rules.StrikeStep, upwards),
            $"no strike at or {(upwards ? "above" : "below")} {target:0.##} with turnover");
    }

    private DateOnly? OptionExpiry(Leg leg) => leg.Expiry switch
    {
        "next" => _row.Next,
        "monthly" => _monthly.From(_row.Current),
        _ => _row.Current,
    };

    private void Skip(string reason, SpotDay from, SpotDay to)
    {
        var hasPut = rules.Legs.Any(l => l.Right == OptionRight.Put);
        var hasCall = rules.Legs.Any(l => l.Right == OptionRight.Call);
        Skipped.Add(new SkipEntry(
            rules.Symbol, reason, hasCall ? _row.Current : null, _futureExpiry, from.Date, to.Date, hasPut ? _row.Current : null));
    }
}
