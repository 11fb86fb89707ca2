namespace Headgate.Catalogue;

/// <summary>The segments of a raw path as ranges of the target, without allocating. A trailing slash makes no segment.</summary>
internal ref struct Segments
{
    /// <summary>More than any route has; what lies deeper can only match a rest, which looks at no segment.</summary>
    public const int Max = 32;

    private readonly ReadOnlySpan<char> _path;
    private readonly Span<Range> _ranges;

    /// <param name="path">The raw path.</param>
    /// <param name="ranges">Room for <see cref="Max"/> ranges.</param>
    public Segments(ReadOnlySpan<char> path, Span<Range> ranges)
    {
        _path = path;
        _ranges = ranges;
        if (path.Length > 1 && path[^1] == '/')
        {
            path = path[..^1];
        }

        if (path.Length <= 1)
        {
            return;
        }

        var start = 1;
        while (start <= path.Length)
        {
            var slash = path[start..].IndexOf('/');
            var end = slash < 0 ? path.Length : start + slash;
            if (Count < Max)
            {
                ranges[Count] = start..end;
            }

            Count++;
            start = end + 1;
        }
    }

    /// <summary>All segments, those beyond <see cref="Max"/> included.</summary>
    public int Count { get; private set; }

    public readonly Range this[int index] => _ranges[index];

    /// <summary>The raw text of one of the first <see cref="Max"/> segments.</summary>
    public readonly ReadOnlySpan<char> Text(int index) => _path[_ranges[index]];

    /// <summary>Is a segment, once decoded, this literal?</summary>
    public readonly bool Is(int index, string literal)
    {
        var raw = Text(index);
        return raw.Contains('%')
            ? Percent.TryDecode(raw, plusIsSpace: false, out var text) && string.Equals(text, literal, StringComparison.Ordinal)
            : raw.SequenceEqual(literal);
    }
}
