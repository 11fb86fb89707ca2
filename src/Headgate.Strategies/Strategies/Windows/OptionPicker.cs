using Headgate.Strategies.Store;

namespace Headgate.Strategies.Windows;

/// <summary>Finds the option row to enter (specification §3.3-2).</summary>
internal static class OptionPicker
{
    /// <summary>
    /// The traded strike nearest to <paramref name="target"/> from its own side, among the expiry as listed and, when a holiday shifted it,
    /// one day earlier or later. Equal strikes prefer the listed expiry, then the earlier one.
    /// </summary>
    /// <param name="upwards">True: smallest strike at or above the target; false: largest at or below.</param>
    public static ContractDay? Pick(DaySheet sheet, OptionRight right, DateOnly expiry, decimal target, decimal step, bool upwards)
    {
        ContractDay? best = null;
        foreach (var candidate in (ReadOnlySpan<DateOnly>)[expiry, expiry.AddDays(-1), expiry.AddDays(1)])
        {
            foreach (var row in sheet.Options(right, candidate))
            {
                var strike = row.Id.Strike;
                if (row.Turnover > 0 && strike % step == 0 && (upwards ? strike >= target : strike <= target)
                    && (best is null || (upwards ? strike < best.Id.Strike : strike > best.Id.Strike)))
                {
                    best = row;
                }
            }
        }

        return best;
    }
}
