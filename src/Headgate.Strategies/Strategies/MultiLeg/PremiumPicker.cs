using Headgate.Strategies.Store;

namespace Headgate.Strategies.MultiLeg;

/// <summary>Finds the strike whose close comes nearest to a wanted premium.</summary>
internal static class PremiumPicker
{
    /// <summary>Equal distances prefer the lower strike, so that the choice does not depend on the order of rows.</summary>
    public static ContractDay? Pick(DaySheet sheet, OptionRight right, DateOnly expiry, decimal wanted, decimal step)
    {
        foreach (var candidate in (ReadOnlySpan<DateOnly>)[expiry, expiry.AddDays(-1), expiry.AddDays(1)])
        {
            ContractDay? best = null;
            foreach (var row in sheet.Options(right, candidate))
            {
                if (row.Turnover > 0 && row.Id.Strike % step == 0 && (best is null || Math.Abs(row.Close - wanted) < Math.Abs(best.Close - wanted)))
                {
                    best = row;
                }
            }

            if (best is not null)
            {
                return best;
            }
        }

        return null;
    }
}
