using System.Text.Json;
using Headgate.Caching;
using Microsoft.Data.Sqlite;

namespace Headgate.Storage.Sqlite;

/// <summary>How an entry stands in a row.</summary>
internal static class EntryRow
{
    /// <summary>The columns <see cref="Read"/> expects, in order.</summary>
    public const string Columns =
        """
        e.id, e.endpoint, e.owner_high, e.owner_low, e.item, e.version, e.status, e.content_type, e.content_coding, e.headers, e.as_of, e.as_of_offset,
        e.sent_at, e.fresh_until, e.stale_until, e.envelope_id, e.envelope_sent_at, e.body, e.body_file, e.body_hash, e.kind, v.prefix, v.separator, v.suffix
        """;

    public const string Source = "entries e LEFT JOIN envelopes v ON v.id = e.envelope_id";

    /// <summary>The entry of the reader's row, or null when its body is gone.</summary>
    public static Entry? Read(SqliteDataReader row, BodyFiles bodies, Dictionary<(long Id, long SentAt), Envelope> envelopes)
    {
        var body = row.IsDBNull(17) ? bodies.TryRead(row.GetString(18), row.GetFieldValue<byte[]>(19)) : row.GetFieldValue<byte[]>(17);
        return body is null || (!row.IsDBNull(15) && row.IsDBNull(21)) ? null : new Entry
        {
            Key = new ItemKey(row.GetString(1), Identity(row.GetInt64(2), row.GetInt64(3)), row.GetString(4)),
            Version = row.GetInt64(5),
            Status = row.GetInt32(6),
            ContentType = row.IsDBNull(7) ? null : row.GetString(7),
            ContentCoding = row.IsDBNull(8) ? null : row.GetString(8),
            Headers = row.IsDBNull(9) ? [] : Headers(row.GetString(9)),
            AsOf = row.IsDBNull(10) ? null : new DateTimeOffset(row.GetInt64(10), TimeSpan.FromMinutes(row.GetInt64(11))),
            SentAt = new EngineTime(row.GetInt64(12)),
            FreshUntil = new EngineTime(row.GetInt64(13)),
            StaleUntil = new EngineTime(row.GetInt64(14)),
            Envelope = row.IsDBNull(15) ? null : SharedEnvelope(row, envelopes),
            Body = body,
            IsNegative = row.GetInt64(20) == (long)EntryKind.Negative,
        };
    }

    public static IdentityHash Identity(long high, long low) => unchecked(new IdentityHash((ulong)high, (ulong)low));

    public static (long High, long Low) Halves(IdentityHash identity) => unchecked(((long)identity.High, (long)identity.Low));

    /// <summary>Header lines as a JSON array of name, value, name, value, …; null for none.</summary>
    public static string? Text(IReadOnlyList<HeaderField> headers) =>
        headers.Count == 0 ? null : JsonSerializer.Serialize(headers.SelectMany(static header => (string[])[header.Name, header.Value]));

    public static HeaderField[] Headers(string text) =>
        [.. JsonSerializer.Deserialize<string[]>(text)!.Chunk(2).Select(static pair => new HeaderField(pair[0], pair[1]))];

    /// <summary>Entries of one call share one envelope in memory as they do on disk.</summary>
    private static Envelope SharedEnvelope(SqliteDataReader row, Dictionary<(long Id, long SentAt), Envelope> envelopes)
    {
        var key = (row.GetInt64(15), row.GetInt64(16));
        if (!envelopes.TryGetValue(key, out var envelope))
        {
            envelope = new Envelope(
                row.GetFieldValue<byte[]>(21), row.GetFieldValue<byte[]>(22), row.GetFieldValue<byte[]>(23), new EngineTime(key.Item2));
            envelopes[key] = envelope;
        }

        return envelope;
    }
}
