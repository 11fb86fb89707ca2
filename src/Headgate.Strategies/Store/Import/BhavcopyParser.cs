namespace Headgate.Strategies.Store.Import;

/// <summary>Reads one CSV part into sheets; every bad row is named with file and line.</summary>
internal sealed class BhavcopyParser(RowErrors errors)
{
    /// <summary>The exchange lists some 200 symbols; the bound stops a file whose symbol column is garbage.</summary>
    private const int SymbolLengthMax = 32;

    private DateColumn _dates;
    private DateColumn _expiries;

    public Dictionary<(string Symbol, DateOnly Date), SheetRows> Sheets { get; } = [];

    public void Read(CsvPart part)
    {
        using var csv = new CsvReader(part);
        var columns = new BhavcopyColumns(csv);
        _dates = default;
        _expiries = default;
        while (csv.ReadLine())
        {
            if (ReadRow(csv, columns) is { } error)
            {
                errors.Add(csv.Name, csv.Line, error);
            }
        }
    }

    private string? ReadRow(CsvReader csv, BhavcopyColumns at)
    {
        // Older files end each line with an empty field, so more fields than the header is normal; fewer is a cut line.
        if (csv.FieldCount < csv.Header.Count - 1)
        {
            return $"{csv.FieldCount} fields; the header has {csv.Header.Count}";
        }

        if (!_dates.TryParse(csv.Field(at.Date), csv.Line, out var date, out var error) || !_expiries.TryParse(csv.Field(at.Expiry), csv.Line, out var expiry, out error))
        {
            return error;
        }

        var symbol = csv.Field(at.Symbol);
        if (symbol.IsEmpty || symbol.Length > SymbolLengthMax)
        {
            return "the symbol is empty or too long";
        }

        if (!InstrumentCodes.TryInstrument(csv.Field(at.Instrument), out var instrument))
        {
            return $"unknown instrument '{csv.Field(at.Instrument)}'";
        }

        if (!InstrumentCodes.TryRight(csv.Field(at.Right), out var right) || InstrumentCodes.IsOption(instrument) == (right == OptionRight.None))
        {
            return $"option type '{csv.Field(at.Right)}' does not fit {InstrumentCodes.Text(instrument)}";
        }

        if (!Numbers.TryParse(csv.Field(at.Strike), out decimal strike) || (right != OptionRight.None && strike <= 0))
        {
            return $"strike '{csv.Field(at.Strike)}' is not a positive number";
        }

        if (Bad(csv, at) is { } column)
        {
            return $"'{csv.Field(column)}' in column {csv.Header[column]} is not a number this layout can hold";
        }

        var row = new ContractDay(
            new ContractId(instrument, right, expiry, right == OptionRight.None ? 0 : strike),
            Number(csv, at.Open), Number(csv, at.High), Number(csv, at.Low), Number(csv, at.Close), Number(csv, at.Settle),
            Whole(csv, at.Contracts), Number(csv, at.Turnover), Whole(csv, at.OpenInterest));
        return expiry < date ? $"expiry {expiry:yyyy-MM-dd} lies before the trading day {date:yyyy-MM-dd}" : Add(csv, symbol, date, row, Underlying(csv, at));
    }

    private string? Add(CsvReader csv, ReadOnlySpan<char> symbol, DateOnly date, ContractDay row, decimal? underlying)
    {
        var key = (SymbolText(symbol), date);
        if (!Sheets.TryGetValue(key, out var sheet))
        {
            Sheets[key] = sheet = new SheetRows();
        }

        if (sheet.Rows.TryGetValue(row.Id, out var earlier))
        {
            return $"duplicate row: {key.Item1} {row.Id} stands already in {earlier.File}:{earlier.Line}";
        }

        sheet.Rows[row.Id] = (row, csv.Name, csv.Line);
        sheet.Underlying ??= underlying;
        return null;
    }

    private readonly Dictionary<string, string> _symbols = new(StringComparer.Ordinal);

    private string SymbolText(ReadOnlySpan<char> symbol)
    {
        var lookup = _symbols.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(symbol, out var known))
        {
            known = symbol.ToString();
            _symbols[known] = known;
        }

        return known;
    }

    private static int? Bad(CsvReader csv, BhavcopyColumns at)
    {
        foreach (var column in (ReadOnlySpan<int>)[at.Open, at.High, at.Low, at.Close, at.Settle, at.Turnover])
        {
            if (!Numbers.TryParse(csv.Field(column), out decimal _))
            {
                return column;
            }
        }

        foreach (var column in (ReadOnlySpan<int>)[at.Contracts, at.OpenInterest])
        {
            if (!Numbers.TryParse(csv.Field(column), out long _))
            {
                return column;
            }
        }

        return csv.Field(at.Close).IsEmpty ? at.Close : null;
    }

    private static decimal? Underlying(CsvReader csv, BhavcopyColumns at) =>
        at.Underlying >= 0 && Numbers.TryParse(csv.Field(at.Underlying), out decimal close) && close > 0 ? close : null;

    private static decimal Number(CsvReader csv, int column) => Numbers.TryParse(csv.Field(column), out decimal value) ? value : 0;

    private static long Whole(CsvReader csv, int column) => Numbers.TryParse(csv.Field(column), out long value) ? value : 0;
}
