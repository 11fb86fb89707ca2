using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Headgate.Desk.Monitors.Hosting;

namespace Headgate.Desk.Monitors.Options;

/// <summary>The analyser's days (<c>desk.options.day</c>) and its logged analyses (<c>desk.options.row</c>) as durable records. Thread-safe.</summary>
public sealed class OptionStore(IRecordStore records)
{
    /// <summary>Kind of the records that hold days.</summary>
    public const string DayKind = "desk.options.day";

    /// <summary>Kind of the records that hold rows of the monthly workbook.</summary>
    public const string RowKind = "desk.options.row";

    private const int RowsMax = 10_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>What is remembered of a day; a fresh one when nothing is.</summary>
    public async ValueTask<OptionDay> DayAsync(DateOnly day, CancellationToken cancellation) =>
        await records.GetAsync(DayKind, IdOf(day), cancellation) is { } record ? JsonSerializer.Deserialize<OptionDay>(record.Content.Span, Json)! : new OptionDay(day);

    /// <summary>Rows of a month, oldest first.</summary>
    public async ValueTask<IReadOnlyList<OptionRow>> RowsAsync(int year, int month, CancellationToken cancellation)
    {
        var first = new DateOnly(year, month, 1);
        var query = new RecordQuery(RowKind) { From = Ist.At(first, TimeOnly.MinValue), Before = Ist.At(first.AddMonths(1), TimeOnly.MinValue), Max = RowsMax };
        return [.. (await records.QueryAsync(query, cancellation)).Select(static record => JsonSerializer.Deserialize<OptionRow>(record.Content.Span, Json)!)];
    }

    /// <summary>Stores a cycle's decision and its row together: both or none.</summary>
    internal async ValueTask PutAsync(OptionDay day, OptionRow? row, CancellationToken cancellation)
    {
        List<StoredRecord> all = [new StoredRecord(DayKind, IdOf(day.Date), Ist.At(day.Date, TimeOnly.MinValue), JsonSerializer.SerializeToUtf8Bytes(day, Json))];
        if (row is not null)
        {
            all.Add(new StoredRecord(RowKind, row.Cycle.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), row.Cycle, JsonSerializer.SerializeToUtf8Bytes(row, Json)));
        }

        await records.PutAsync(all, cancellation);
    }

    private static string IdOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
