using Headgate.History;

namespace Headgate.Simulation;

/// <summary>The durable half of a <see cref="MemoryHistoryStore"/>.</summary>
public sealed class HistoryDisk
{
    internal SortedDictionary<string, StoredSeries> Series { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows held, of all series.</summary>
    public int Rows => Series.Values.Sum(static series => series.Rows.Count);

    internal static string NameOf(ItemKey key) => $"{key.Endpoint} {key.Owner.High:x16}{key.Owner.Low:x16} {key.Id}";

    internal sealed class StoredSeries
    {
        public required ItemKey Key { get; init; }

        public required HistoryFrame Frame { get; set; }

        public SortedDictionary<long, CandleRow> Rows { get; } = [];

        public List<InstantRange> Covered { get; set; } = [];

        public void Uncover(InstantRange range) => Covered =
        [
            .. Covered
                .SelectMany(held => (InstantRange[])[held with { End = Math.Min(held.End, range.Start) }, held with { Start = Math.Max(held.Start, range.End) }])
                .Where(static part => !part.IsEmpty),
        ];

        public void Cover(InstantRange range)
        {
            foreach (var held in Covered.Where(held => held.Start <= range.End && held.End >= range.Start).ToList())
            {
                Covered.Remove(held);
                range = new InstantRange(Math.Min(held.Start, range.Start), Math.Max(held.End, range.End));
            }

            Covered.Insert(Covered.FindLastIndex(held => held.End < range.Start) + 1, range);
        }
    }
}
