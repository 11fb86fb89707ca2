using Headgate.Desk.Monitors.Market;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The day's contracts of one underlying, found by what they are. Symbols are never put together by hand: weekly and monthly ones are named differently.</summary>
public sealed class OptionBook
{
    private readonly Dictionary<(DateOnly Expiry, decimal Strike, bool IsCall), KiteContract> _options = [];
    private readonly List<KiteContract> _futures = [];

    /// <param name="contracts">The exchange's instrument list.</param>
    /// <param name="underlying">Name of the underlying in it.</param>
    public OptionBook(IReadOnlyList<KiteContract> contracts, string underlying)
    {
        foreach (var contract in contracts)
        {
            if (contract.Expiry is not { } expiry || !string.Equals(contract.Name, underlying, StringComparison.Ordinal))
            {
                continue;
            }

            if (contract.Type is "CE" or "PE")
            {
                _options[(expiry, contract.Strike, contract.Type == "CE")] = contract;
            }
            else if (contract.Type == "FUT")
            {
                _futures.Add(contract);
            }
        }
    }

    /// <summary>The nearest futures that have not expired.</summary>
    public IReadOnlyList<KiteContract> Futures(DateOnly day, int count) => [.. _futures.Where(future => future.Expiry >= day).OrderBy(static future => future.Expiry).Take(count)];

    /// <summary>The first expiries with at least so many calendar days to go.</summary>
    public IReadOnlyList<DateOnly> Expiries(DateOnly day, int daysMin, int count) =>
        [.. _options.Keys.Select(static key => key.Expiry).Distinct().Where(expiry => expiry.DayNumber - day.DayNumber >= daysMin).Order().Take(count)];

    /// <summary>The option, or null when the list has none such.</summary>
    public KiteContract? Option(DateOnly expiry, decimal strike, bool isCall) => _options.GetValueOrDefault((expiry, strike, isCall));
}
