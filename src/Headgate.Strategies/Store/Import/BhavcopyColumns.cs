namespace Headgate.Strategies.Store.Import;

/// <summary>Which column holds what; the header tells the layout.</summary>
internal sealed class BhavcopyColumns
{
    private readonly CsvReader _csv;
    private readonly List<string> _missing = [];

    public BhavcopyColumns(CsvReader csv)
    {
        _csv = csv;
        Date = Required("TradDt", "TIMESTAMP", "Date");
        Instrument = Required("FinInstrmTp", "INSTRUMENT");
        Symbol = Required("TckrSymb", "SYMBOL");
        Expiry = Required("XpryDt", "EXPIRY_DT", "ExpiryDate");
        Strike = Required("StrkPric", "STRIKE_PR", "StrikePrice");
        Right = Required("OptnTp", "OPTION_TYP", "OptionType");
        Open = Required("OpnPric", "OPEN");
        High = Required("HghPric", "HIGH");
        Low = Required("LwPric", "LOW");
        Close = Required("ClsPric", "CLOSE");
        Settle = Required("SttlmPric", "SETTLE_PR", "SettledPrice");
        Contracts = Required("TtlTradgVol", "CONTRACTS");
        Turnover = Required("TtlTrfVal", "VAL_INLAKH", "TurnOver");
        OpenInterest = Required("OpnIntrst", "OPEN_INT", "OpenInterest");
        Underlying = csv.Column("UndrlygPric");
        if (_missing.Count > 0)
        {
            throw new ImportFileException(
                $"{csv.Name}:1: not a bhavcopy header: no column {string.Join(", ", _missing)} (known: UDiFF, the older INSTRUMENT,SYMBOL,… layout, cleaned Date,ExpiryDate,…)");
        }
    }

    public int Date { get; }

    public int Instrument { get; }

    public int Symbol { get; }

    public int Expiry { get; }

    public int Strike { get; }

    public int Right { get; }

    public int Open { get; }

    public int High { get; }

    public int Low { get; }

    public int Close { get; }

    public int Settle { get; }

    public int Contracts { get; }

    public int Turnover { get; }

    public int OpenInterest { get; }

    /// <summary>-1 outside UDiFF.</summary>
    public int Underlying { get; }

    private int Required(params ReadOnlySpan<string> names)
    {
        var column = _csv.Column(names);
        if (column < 0)
        {
            _missing.Add(string.Join('/', names));
        }

        return column;
    }
}
