namespace Headgate.History;

/// <summary>A set of seconds as ascending ranges that neither overlap nor touch. Immutable.</summary>
internal sealed class Coverage
{
    private readonly InstantRange[] _ranges;

    private Coverage(InstantRange[] ranges) => _ranges = ranges;

    public static Coverage Empty { get; } = new([]);

    public IReadOnlyList<InstantRange> Ranges => _ranges;

    public static Coverage Of(IEnumerable<InstantRange> ranges) => ranges.Aggregate(Empty, static (coverage, range) => coverage.With(range));

    public Coverage With(InstantRange added)
    {
        if (added.IsEmpty || Covers(added))
        {
            return this;
        }

        List<InstantRange> ranges = new(_ranges.Length + 1);
        foreach (var range in _ranges)
        {
            if (range.End < added.Start || range.Start > added.End)
            {
                ranges.Add(range);
            }
            else
            {
                added = new InstantRange(Math.Min(range.Start, added.Start), Math.Max(range.End, added.End));
            }
        }

        ranges.Insert(ranges.FindLastIndex(range => range.End < added.Start) + 1, added);
        return new Coverage([.. ranges]);
    }

    public Coverage Without(InstantRange removed)
    {
        if (removed.IsEmpty)
        {
            return this;
        }

        List<InstantRange> ranges = new(_ranges.Length + 1);
        foreach (var range in _ranges)
        {
            InstantRange before = new(range.Start, Math.Min(range.End, removed.Start));
            InstantRange after = new(Math.Max(range.Start, removed.End), range.End);
            ranges.AddRange([.. new[] { before, after }.Where(static part => !part.IsEmpty)]);
        }

        return new Coverage([.. ranges]);
    }

    public bool Covers(InstantRange range) => range.IsEmpty || Array.Exists(_ranges, held => held.Start <= range.Start && held.End >= range.End);

    /// <summary>The parts of a range that are in the set, ascending.</summary>
    public IReadOnlyList<InstantRange> Within(InstantRange range) => [.. _ranges.Select(held => held.And(range)).Where(static part => !part.IsEmpty)];

    /// <summary>The parts of a range that are not in the set, ascending.</summary>
    public IReadOnlyList<InstantRange> Missing(InstantRange range)
    {
        List<InstantRange> missing = [];
        var from = range.Start;
        foreach (var held in Within(range))
        {
            if (held.Start > from)
            {
                missing.Add(new InstantRange(from, held.Start));
            }

            from = held.End;
        }

        if (from < range.End)
        {
            missing.Add(new InstantRange(from, range.End));
        }

        return missing;
    }
}
