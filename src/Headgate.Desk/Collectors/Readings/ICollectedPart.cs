namespace Headgate.Desk.Collectors.Readings;

/// <summary>What is told of every part of a collection, whatever its values are.</summary>
public interface ICollectedPart
{
    /// <summary>What it is called, as <c>market_data</c>.</summary>
    string Name { get; }

    /// <summary>Fresh when all of it is (also when nothing is wanted), unavailable when nothing of it has a value, else stale.</summary>
    ReadingState State { get; }

    /// <summary>Its readings; one that failed stands beside those that did not.</summary>
    IReadOnlyList<IReading> All { get; }
}
