namespace Headgate.Strategies.Store;

/// <summary>The exchange's codes of instruments and option types, in both layouts.</summary>
internal static class InstrumentCodes
{
    public static bool TryInstrument(ReadOnlySpan<char> code, out InstrumentKind kind)
    {
        (var known, kind) = code switch
        {
            "IDO" or "OPTIDX" or "OPTIVX" => (true, InstrumentKind.IndexOption),
            "IDF" or "FUTIDX" or "FUTIVX" or "FUTINT" => (true, InstrumentKind.IndexFuture),
            "STO" or "OPTSTK" => (true, InstrumentKind.StockOption),
            "STF" or "FUTSTK" => (true, InstrumentKind.StockFuture),
            _ => (false, default),
        };
        return known;
    }

    public static bool TryRight(ReadOnlySpan<char> code, out OptionRight right)
    {
        (var known, right) = code switch
        {
            "CE" or "CA" => (true, OptionRight.Call),
            "PE" or "PA" => (true, OptionRight.Put),
            "XX" or "FF" or "" => (true, OptionRight.None),
            _ => (false, default),
        };
        return known;
    }

    public static bool IsOption(InstrumentKind kind) => kind is InstrumentKind.IndexOption or InstrumentKind.StockOption;

    public static string Text(InstrumentKind kind) => kind switch
    {
        InstrumentKind.IndexOption => "OPTIDX",
        InstrumentKind.IndexFuture => "FUTIDX",
        InstrumentKind.StockOption => "OPTSTK",
        _ => "FUTSTK",
    };

    public static string Text(OptionRight right) => right switch { OptionRight.Call => "CE", OptionRight.Put => "PE", _ => "XX" };
}
