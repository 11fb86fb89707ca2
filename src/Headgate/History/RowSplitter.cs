using System.Globalization;
using System.Text.Json;
using Headgate.Catalogue;
using Headgate.Upstream;

namespace Headgate.History;

/// <summary>Finds the rows of a candle answer by remembering byte ranges; never builds a tree and never rewrites a byte.</summary>
internal static class RowSplitter
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>
    /// Null when the answer cannot be put together again exactly: no array of rows where the definition says, a row without a stamp, rows out of
    /// order, or rows that are not all joined by the same bytes. The rows are slices of the body.
    /// </summary>
    public static SplitRows? Split(ReadOnlyMemory<byte> body, RangeModel range)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read() || !JsonSeek.Path(ref reader, range.Rows) || reader.TokenType != JsonTokenType.StartArray)
            {
                return null;
            }

            var start = (int)reader.BytesConsumed;
            var end = start;
            List<CandleRow> rows = [];
            ReadOnlyMemory<byte>? separator = null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var rowStart = (int)reader.TokenStartIndex;
                if (Stamp(ref reader, range) is not { } bar || !IsNext(rows, bar, range.Descending))
                {
                    return null;
                }

                if (rows.Count == 1)
                {
                    separator = body[end..rowStart];
                }
                else if (rows.Count > 1 && !body.Span[end..rowStart].SequenceEqual(separator!.Value.Span))
                {
                    return null;
                }

                start = rows.Count == 0 ? rowStart : start;
                end = (int)reader.BytesConsumed;
                rows.Add(new CandleRow(bar, body[rowStart..end]));
            }

            // The rest must be JSON too: a body cut after the rows is not an answer.
            while (reader.Read())
            {
            }

            return IsTight(body.Span[..start], body.Span[end..]) ? new SplitRows(Ascending(rows, range), body[..start], separator, body[end..]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Spaces inside the brackets would differ between an empty answer and one with rows.
    private static bool IsTight(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> suffix) => prefix[^1] == (byte)'[' && suffix[0] == (byte)']';

    private static bool IsNext(List<CandleRow> rows, long bar, bool descending) => rows.Count == 0 || (descending ? bar < rows[^1].Bar : bar > rows[^1].Bar);

    private static List<CandleRow> Ascending(List<CandleRow> rows, RangeModel range)
    {
        if (range.Descending)
        {
            rows.Reverse();
        }

        return rows;
    }

    /// <summary>Reads a row to its end; its stamp is an element by index, or a member by name.</summary>
    private static long? Stamp(ref Utf8JsonReader reader, RangeModel range)
    {
        long? stamp = null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            if (!int.TryParse(range.Time, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            {
                return null;
            }

            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                stamp = index == wanted ? Value(ref reader, range) : stamp;
                reader.Skip();
            }

            return stamp;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = JsonWords.Is(ref reader, range.Time);
            reader.Read();
            stamp = found ? Value(ref reader, range) : stamp;
            reader.Skip();
        }

        return stamp;
    }

    private static long? Value(ref Utf8JsonReader reader, RangeModel range) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped ? RowTime.Read(reader.ValueSpan, range.TimeFormat) : null;
}
