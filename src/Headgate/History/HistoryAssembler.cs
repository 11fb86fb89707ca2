using Headgate.Caching;

namespace Headgate.History;

/// <summary>Puts an answer together again: prefix, rows in the upstream's order joined by its separator, suffix. Pure.</summary>
internal static class HistoryAssembler
{
    private static readonly byte[] Comma = ","u8.ToArray();

    /// <param name="rows">Ascending.</param>
    /// <param name="frame">The newest contributing call's.</param>
    /// <param name="descending">The upstream writes the newest first.</param>
    public static byte[] Join(IReadOnlyList<CandleRow> rows, HistoryFrame frame, bool descending)
    {
        // Two rows without a known separator come from two answers of one row each; then the plainest JSON is what the upstream's others look like.
        var separator = frame.Separator ?? Comma;
        var length = frame.Prefix.Length + frame.Suffix.Length + (Math.Max(0, rows.Count - 1) * separator.Length);
        foreach (var row in rows)
        {
            length += row.Text.Length;
        }

        var body = new byte[length];
        var at = 0;
        Append(frame.Prefix);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
            {
                Append(separator);
            }

            Append(rows[descending ? rows.Count - 1 - i : i].Text);
        }

        Append(frame.Suffix);
        return body;

        void Append(ReadOnlyMemory<byte> part)
        {
            part.Span.CopyTo(body.AsSpan(at));
            at += part.Length;
        }
    }

    /// <summary>The answer as an entry, kept nowhere by itself.</summary>
    public static Entry ToEntry(ItemKey key, IReadOnlyList<CandleRow> rows, HistoryFrame frame, bool descending, Entry? open, long version) => new()
    {
        Key = key,
        Body = Join(rows, frame, descending),
        Status = 200,
        ContentType = frame.ContentType,
        Headers = frame.Headers,
        SentAt = open?.SentAt ?? frame.SentAt,
        FreshUntil = open?.FreshUntil ?? EngineTime.Never,
        StaleUntil = open?.StaleUntil ?? EngineTime.Never,
        Version = version,
    };
}
