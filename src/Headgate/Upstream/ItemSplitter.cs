using System.Text.Json;
using Headgate.Catalogue;

namespace Headgate.Upstream;

/// <summary>Finds the items of a batched answer by remembering byte ranges; never builds a tree and never rewrites a byte.</summary>
internal static class ItemSplitter
{
    private static readonly byte[] Comma = ","u8.ToArray();

    // Deeper than any market-data answer, and the reader's own default.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>Null when the body is not JSON from end to end or has no container of items where the definition says.</summary>
    public static SplitAnswer? Split(ReadOnlyMemory<byte> body, BatchModel batch)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read() || !JsonSeek.Path(ref reader, batch.ItemsPath))
            {
                return null;
            }

            var wanted = batch.Shape == ItemsShape.Map ? JsonTokenType.StartObject : JsonTokenType.StartArray;
            if (reader.TokenType != wanted)
            {
                return null;
            }

            var answer = batch.Shape == ItemsShape.Map ? Members(ref reader, body) : Elements(ref reader, body, batch.KeyField!);
            // The rest must be JSON too: a body cut after the container is not an answer.
            while (reader.Read())
            {
            }

            return answer;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Is the body one JSON value from end to end?</summary>
    public static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            var any = false;
            while (reader.Read())
            {
                any = true;
            }

            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static SplitAnswer Members(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var ranges = new Ranges((int)reader.BytesConsumed);
        Dictionary<string, SplitItem> items = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = JsonWords.Text(ref reader);
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            ranges.Add(start, end);
            if (name is not null)
            {
                items[name] = new SplitItem(body[start..end], body[valueStart..end]);
            }
        }

        return ranges.ToAnswer(items, body, Comma);
    }

    private static SplitAnswer Elements(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, string keyField)
    {
        var ranges = new Ranges((int)reader.BytesConsumed);
        Dictionary<string, SplitItem> items = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            ranges.Add(start, end);
            var element = body[start..end];
            if (JsonMember.Text(element.Span, keyField) is { } name)
            {
                items[name] = new SplitItem(element, element);
            }
        }

        return ranges.ToAnswer(items, body, Comma);
    }

    private struct Ranges(int containerStart)
    {
        private int _first = -1;
        private int _firstEnd;
        private int _secondStart = -1;
        private int _lastEnd;

        public void Add(int start, int end)
        {
            if (_first < 0)
            {
                (_first, _firstEnd) = (start, end);
            }
            else if (_secondStart < 0)
            {
                _secondStart = start;
            }

            _lastEnd = end;
        }

        public readonly SplitAnswer ToAnswer(Dictionary<string, SplitItem> items, ReadOnlyMemory<byte> body, byte[] comma) =>
            _first < 0
                ? new SplitAnswer(items, body[..containerStart], comma, body[containerStart..])
                : new SplitAnswer(items, body[.._first], _secondStart < 0 ? comma : body[_firstEnd.._secondStart], body[_lastEnd..]);
    }
}
