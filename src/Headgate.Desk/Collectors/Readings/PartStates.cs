namespace Headgate.Desk.Collectors.Readings;

/// <summary>How good a part is, from its readings.</summary>
internal static class PartStates
{
    /// <summary>Fresh when all of it is (also when nothing is wanted), unavailable when nothing of it has a value, else stale.</summary>
    public static ReadingState Of(IReadOnlyList<IReading> readings) =>
        readings.Count > 0 && readings.All(static reading => reading.State == ReadingState.Unavailable) ? ReadingState.Unavailable
        : readings.All(static reading => reading.State == ReadingState.Fresh) ? ReadingState.Fresh
        : ReadingState.Stale;
}
