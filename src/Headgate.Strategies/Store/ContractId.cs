namespace Headgate.Strategies.Store;

/// <summary>One contract of a symbol: together with symbol and date the business key of a bhavcopy row.</summary>
/// <param name="Strike">0 for futures.</param>
public readonly record struct ContractId(InstrumentKind Instrument, OptionRight Right, DateOnly Expiry, decimal Strike) : IComparable<ContractId>
{
    /// <summary>Orders by instrument, right, expiry, strike, so that one expiry's strikes lie together and ascend.</summary>
    public int CompareTo(ContractId other)
    {
        var order = Instrument.CompareTo(other.Instrument);
        order = order != 0 ? order : Right.CompareTo(other.Right);
        order = order != 0 ? order : Expiry.CompareTo(other.Expiry);
        return order != 0 ? order : Strike.CompareTo(other.Strike);
    }

    public static bool operator <(ContractId left, ContractId right) => left.CompareTo(right) < 0;

    public static bool operator <=(ContractId left, ContractId right) => left.CompareTo(right) <= 0;

    public static bool operator >(ContractId left, ContractId right) => left.CompareTo(right) > 0;

    public static bool operator >=(ContractId left, ContractId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Right == OptionRight.None
        ? $"{InstrumentCodes.Text(Instrument)} {Expiry:yyyy-MM-dd}"
        : $"{InstrumentCodes.Text(Instrument)} {Expiry:yyyy-MM-dd} {Strike} {InstrumentCodes.Text(Right)}";
}
