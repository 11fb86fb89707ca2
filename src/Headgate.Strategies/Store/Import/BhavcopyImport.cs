using Dapper;

namespace Headgate.Strategies.Store.Import;

/// <summary>Merges a file's rows into the stored sheets, so that a day may come in one file or in many and in any order.</summary>
internal static class BhavcopyImport
{
    public static ImportCounts Run(ImportTarget target, SourceFile file, ImportOptions options, RowErrors errors)
    {
        var parser = new BhavcopyParser(errors);
        foreach (var part in file.Parts)
        {
            parser.Read(part);
        }

        if (errors.Count > 0 && !options.Lenient)
        {
            return default;
        }

        long rows = 0;
        long unchanged = 0;
        foreach (var ((symbol, date), sheet) in parser.Sheets.OrderBy(s => s.Key.Symbol, StringComparer.Ordinal).ThenBy(s => s.Key.Date))
        {
            var (added, same) = Merge(target, symbol, date, sheet, options, errors);
            rows += added;
            unchanged += same;
        }

        if (rows + unchanged == 0 && errors.Count == 0)
        {
            throw new ImportFileException($"{file.Name}: no data rows");
        }

        return new ImportCounts(rows, unchanged);
    }

    private static (long Added, long Same) Merge(ImportTarget target, string symbol, DateOnly date, SheetRows sheet, ImportOptions options, RowErrors errors)
    {
        var symbolId = EnsureSymbol(target, symbol);
        var stored = BhavcopyStore.ReadSheet(target.Connection, target.Transaction, symbol, symbolId, date);
        var merged = stored?.Rows.ToDictionary(r => r.Id) ?? [];
        long added = 0;
        foreach (var (row, name, line) in sheet.Rows.Values)
        {
            if (merged.TryGetValue(row.Id, out var earlier))
            {
                if (earlier == row)
                {
                    continue;
                }

                if (!options.Replace)
                {
                    errors.Add(name, line, $"{symbol} {date:yyyy-MM-dd} {row.Id} differs from the row already imported (replace to overwrite)");
                    continue;
                }
            }

            merged[row.Id] = row;
            added++;
        }

        if (added > 0)
        {
            Write(target, symbolId, new DaySheet(symbol, date, merged.Values, stored?.Underlying ?? sheet.Underlying));
            NoteExpiries(target, symbol, date, sheet);
        }

        return (added, sheet.Rows.Count - added);
    }

    private static void Write(ImportTarget target, long symbolId, DaySheet sheet)
    {
        using var command = target.Connection.CreateCommand();
        command.Transaction = target.Transaction;
        command.CommandText = "INSERT OR REPLACE INTO sheet VALUES (@id, @rows, @data)";
        command.Parameters.AddWithValue("@id", symbolId * BhavcopyStore.SheetsPerSymbol + sheet.Date.DayNumber);
        command.Parameters.AddWithValue("@rows", sheet.Rows.Count);
        command.Parameters.AddWithValue("@data", DaySheetCodec.Encode(sheet));
        command.ExecuteNonQuery();
    }

    // The last day that named an expiry only grows, so the derived calendar does not depend on the order of import.
    private static void NoteExpiries(ImportTarget target, string symbol, DateOnly date, SheetRows sheet)
    {
        foreach (var (instrument, expiry) in sheet.Rows.Keys.Select(id => (id.Instrument, id.Expiry)).Distinct())
        {
            target.Connection.Execute(
                """
                INSERT INTO expiry_seen VALUES (@symbol, @instrument, @expiry, @day)
                ON CONFLICT DO UPDATE SET last_day = max(last_day, excluded.last_day)
                """,
                new { symbol, instrument = (int)instrument, expiry = Iso.Text(expiry), day = Iso.Text(date) }, target.Transaction);
        }
    }

    private static long EnsureSymbol(ImportTarget target, string symbol)
    {
        if (target.Store.SymbolId(target.Connection, symbol, target.Transaction) is { } id)
        {
            return id;
        }

        target.Connection.Execute("INSERT INTO symbol(name) VALUES (@symbol)", new { symbol }, target.Transaction);
        return target.Connection.QuerySingle<long>("SELECT id FROM symbol WHERE name = @symbol", new { symbol }, target.Transaction);
    }
}
