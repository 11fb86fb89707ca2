namespace Headgate.Strategies.Store;

/// <summary>All contracts of one symbol on one trading day. Immutable and safe for concurrent use.</summary>
public sealed class DaySheet
{
    private readonly ContractDay[] _rows;

    /// <summary>A sheet of the given rows, in any order; contracts must be unique.</summary>
    public DaySheet(string symbol, DateOnly date, IEnumerable<ContractDay> rows, decimal? underlying = null)
    {
        Symbol = symbol;
        Date = date;
        Underlying = underlying;
        _rows = [.. rows];
        Array.Sort(_rows, static (a, b) => a.Id.CompareTo(b.Id));
    }

    private DaySheet(string symbol, DateOnly date, decimal? underlying, ContractDay[] ordered)
    {
        Symbol = symbol;
        Date = date;
        Underlying = underlying;
        _rows = ordered;
    }

    public string Symbol { get; }

    public DateOnly Date { get; }

    /// <summary>Close of the underlying as printed in UDiFF files; null in the older layout.</summary>
    public decimal? Underlying { get; }

    /// <summary>The rows ordered by contract.</summary>
    public IReadOnlyList<ContractDay> Rows => _rows;

    /// <summary>The row of one contract, or null.</summary>
    public ContractDay? Find(ContractId id)
    {
        var index = LowerBound(id);
        return index < _rows.Length && _rows[index].Id == id ? _rows[index] : null;
    }

    /// <summary>The options of one expiry and right, strikes ascending.</summary>
    public ReadOnlySpan<ContractDay> Options(OptionRight right, DateOnly expiry, InstrumentKind instrument = InstrumentKind.IndexOption)
    {
        var from = LowerBound(new ContractId(instrument, right, expiry, decimal.MinValue));
        var to = LowerBound(new ContractId(instrument, right, expiry, decimal.MaxValue));
        return _rows.AsSpan(from, to - from);
    }

    /// <summary>
    /// The future expiring in the month of <paramref name="expiry"/>, whatever day the file names (the exchange relabels an expiry that a
    /// holiday moves, while older files keep the old day); the exact day wins when a month has two.
    /// </summary>
    public ContractDay? FutureOfMonth(DateOnly expiry, InstrumentKind instrument = InstrumentKind.IndexFuture)
    {
        var exact = Find(new ContractId(instrument, OptionRight.None, expiry, 0));
        if (exact is not null)
        {
            return exact;
        }

        var first = new DateOnly(expiry.Year, expiry.Month, 1);
        var index = LowerBound(new ContractId(instrument, OptionRight.None, first, decimal.MinValue));
        return index < _rows.Length && _rows[index].Id is { Right: OptionRight.None } id && id.Instrument == instrument
            && id.Expiry.Year == expiry.Year && id.Expiry.Month == expiry.Month ? _rows[index] : null;
    }

    /// <summary>A sheet of rows that are ordered already, as the store keeps them; sorting them again made reading a year two to three times slower.</summary>
    internal static DaySheet Ordered(string symbol, DateOnly date, decimal? underlying, ContractDay[] rows) => new(symbol, date, underlying, rows);

    private int LowerBound(ContractId id)
    {
        var low = 0;
        var high = _rows.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Id.CompareTo(id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
