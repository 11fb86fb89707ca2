using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>What a run needs before its first row, or why it cannot start.</summary>
internal sealed record RunInputs(TradingDays Days, IReadOnlyList<ExpiryRow> Weekly, IReadOnlyList<ExpiryRow> Monthly)
{
    /// <summary>The filter that allows every day.</summary>
    public const string NoFilter = "none";

    public static async Task<(RunInputs? Inputs, string? Error)> LoadAsync(
        IDailySeriesSource data, string symbol, string filter, bool outside, CancellationToken cancellation)
    {
        var spot = await data.SpotAsync(symbol, cancellation);
        if (spot.Count == 0)
        {
            return (null, $"No spot series for {symbol}: import one with 'headgate import spot'");
        }

        var ranges = filter == NoFilter ? [new DateRange(DateOnly.MinValue, DateOnly.MaxValue)] : await data.RangesAsync(filter, cancellation);
        if (ranges is null)
        {
            return (null, $"No base ranges named '{filter}': import them with 'headgate import ranges', or use '{NoFilter}'");
        }

        var monthly = await data.ExpiriesAsync(symbol, ExpiryKind.Monthly, cancellation);
        var weekly = await data.ExpiriesAsync(symbol, ExpiryKind.Weekly, cancellation);
        if (monthly.Count == 0 || weekly.Count == 0)
        {
            return (null, $"No {(monthly.Count == 0 ? "monthly" : "weekly")} expiry calendar for {symbol}: import bhavcopy files or 'headgate import expiries'");
        }

        return (new RunInputs(new TradingDays(spot, outside ? Complement(ranges) : ranges), weekly, monthly), null);
    }

    /// <summary>The days no range holds, as ranges.</summary>
    internal static IReadOnlyList<DateRange> Complement(IReadOnlyList<DateRange> ranges)
    {
        var outside = new List<DateRange>();
        var next = DateOnly.MinValue;
        foreach (var range in ranges)
        {
            if (range.Start > next)
            {
                outside.Add(new DateRange(next, range.Start.AddDays(-1)));
            }

            if (range.End == DateOnly.MaxValue)
            {
                return outside;
            }

            next = range.End >= next ? range.End.AddDays(1) : next;
        }

        outside.Add(new DateRange(next, DateOnly.MaxValue));
        return outside;
    }
}
