using System.Buffers;

namespace Headgate.Strategies.Store;

/// <summary>
/// The stored form of a day sheet: columns of variable-length integers, expiries as differences:
/// smaller than the exchange's own gzip, and decoded without an inflate step. Version byte first; version 1 is read for ever.
/// </summary>
internal static class DaySheetCodec
{
    private const byte Version = 1;

    /// <summary>Most decimals a value may have. Prices print 2 or 4; turnover up to 4.</summary>
    public const int DecimalsMax = 4;

    public static byte[] Encode(DaySheet sheet)
    {
        var output = new ArrayBufferWriter<byte>(sheet.Rows.Count * 24 + 16);
        var writer = new VarintWriter(output);
        writer.Byte(Version);
        writer.Unsigned((ulong)sheet.Rows.Count);
        writer.Byte(sheet.Underlying is null ? (byte)0 : (byte)1);
        writer.Column(sheet.Underlying is { } underlying ? [underlying] : []);
        var expiry = 0;
        foreach (var row in sheet.Rows)
        {
            writer.Byte((byte)(((int)row.Id.Instrument << 4) | (int)row.Id.Right));
            writer.Signed(row.Id.Expiry.DayNumber - expiry);
            expiry = row.Id.Expiry.DayNumber;
        }

        foreach (var column in Columns)
        {
            writer.Column([.. sheet.Rows.Select(column)]);
        }

        return output.WrittenSpan.ToArray();
    }

    public static DaySheet Decode(string symbol, DateOnly date, ReadOnlySpan<byte> data)
    {
        var reader = new VarintReader(data);
        if (reader.Byte() != Version)
        {
            throw new InvalidDataException($"day sheet {symbol} {date:yyyy-MM-dd}: unknown version; written by a newer release?");
        }

        var count = checked((int)reader.Unsigned());
        var underlying = reader.Column(reader.Byte());
        var ids = new (InstrumentKind Instrument, OptionRight Right, int Expiry)[count];
        var expiry = 0;
        for (var i = 0; i < count; i++)
        {
            var kind = reader.Byte();
            expiry += (int)reader.Signed();
            ids[i] = ((InstrumentKind)(kind >> 4), (OptionRight)(kind & 15), expiry);
        }

        var columns = new decimal[Columns.Length][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = reader.Column(count);
        }

        var rows = new ContractDay[count];
        for (var i = 0; i < count; i++)
        {
            var id = new ContractId(ids[i].Instrument, ids[i].Right, DateOnly.FromDayNumber(ids[i].Expiry), columns[0][i]);
            rows[i] = new ContractDay(
                id, columns[1][i], columns[2][i], columns[3][i], columns[4][i], columns[5][i], (long)columns[6][i], columns[7][i], (long)columns[8][i]);
        }

        return DaySheet.Ordered(symbol, date, underlying.Length == 1 ? underlying[0] : null, rows);
    }

    private static readonly Func<ContractDay, decimal>[] Columns =
    [
        r => r.Id.Strike, r => r.Open, r => r.High, r => r.Low, r => r.Close, r => r.Settle, r => r.Contracts, r => r.Turnover, r => r.OpenInterest,
    ];
}
