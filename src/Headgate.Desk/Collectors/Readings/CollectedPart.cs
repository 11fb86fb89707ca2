using System.Text.Json.Serialization;

namespace Headgate.Desk.Collectors.Readings;

/// <summary>A part of a collection.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Items">Its readings.</param>
public sealed record CollectedPart<T>(string Name, IReadOnlyList<Reading<T>> Items) : ICollectedPart
    where T : class
{
    [JsonIgnore]
    public IReadOnlyList<IReading> All => Items;

    [JsonIgnore]
    public ReadingState State =>
        Items.Count > 0 && Items.All(static reading => reading.State == ReadingState.Unavailable) ? ReadingState.Unavailable
        : Items.All(static reading => reading.State == ReadingState.Fresh) ? ReadingState.Fresh
        : ReadingState.Stale;
}
