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
    public ReadingState State => PartStates.Of(All);
}
