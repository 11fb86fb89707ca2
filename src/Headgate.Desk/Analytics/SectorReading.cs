namespace Headgate.Desk.Analytics;

/// <summary>A sector of three or more stocks.</summary>
/// <param name="Name">The sector.</param>
/// <param name="Stocks">Stocks with a 10-minute change.</param>
/// <param name="Change10">Their weighted change of the last 10 minutes, per cent.</param>
public sealed record SectorReading(string Name, int Stocks, decimal Change10)
{
    /// <summary>Fewest stocks that make a sector.</summary>
    public const int StocksMin = 3;

    /// <summary>Weighted change of the last 5 minutes, or null.</summary>
    public decimal? Change5 { get; init; }

    /// <summary>Weighted change of the last 30 minutes, or null.</summary>
    public decimal? Change30 { get; init; }

    /// <summary>Weighted ratio of volumes; null while none is known, and then taken for 1.</summary>
    public decimal? VolumeRatio { get; init; }

    /// <summary>Per cent of the stocks that rose in the last 10 minutes.</summary>
    public decimal Breadth { get; init; }

    /// <summary>Share of the stocks that moved the sector's way, 0 to 1.</summary>
    public decimal Participation { get; init; }

    /// <summary>10-minute change × volume ratio × participation.</summary>
    public decimal Momentum => Change10 * (VolumeRatio ?? 1) * Participation;

    /// <summary>Sectors by momentum, the strongest first.</summary>
    /// <remarks>Stocks weigh their market capitalisation where that is known of all of a sector's stocks, else the same.</remarks>
    public static IReadOnlyList<SectorReading> Of(IEnumerable<SectorMember> members) =>
    [
        .. members
            .Where(static member => member.Change10 is not null)
            .GroupBy(static member => member.Sector, StringComparer.Ordinal)
            .Where(static sector => sector.Count() >= StocksMin)
            .Select(static sector => Of(sector.Key, [.. sector]))
            .OrderByDescending(static sector => sector.Momentum)
            .ThenBy(static sector => sector.Name, StringComparer.Ordinal),
    ];

    private static SectorReading Of(string name, IReadOnlyList<SectorMember> members)
    {
        var isWeighted = members.All(static member => member.MarketCap is > 0);
        decimal? Mean(Func<SectorMember, decimal?> value)
        {
            decimal sum = 0, weights = 0;
            foreach (var member in members)
            {
                if (value(member) is { } known)
                {
                    var weight = isWeighted ? member.MarketCap!.Value : 1;
                    sum += known * weight;
                    weights += weight;
                }
            }

            return weights > 0 ? sum / weights : null;
        }

        var change = Mean(static member => member.Change10)!.Value;
        return new SectorReading(name, members.Count, change)
        {
            Change5 = Mean(static member => member.Change5),
            Change30 = Mean(static member => member.Change30),
            VolumeRatio = Mean(static member => member.VolumeRatio),
            Breadth = members.Count(static member => member.Change10 > 0) * 100m / members.Count,
            Participation = members.Count(member => Math.Sign(member.Change10!.Value) == Math.Sign(change)) / (decimal)members.Count,
        };
    }
}
