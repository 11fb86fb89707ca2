using Headgate.Desk.Days;

namespace Headgate.Cli.Simulations;

/// <summary>Scenarios of fleets that decide by what they read.</summary>
internal static class FleetScenarios
{
    // A Friday after the shipped calendars' last change; nothing special about it.
    private static readonly DateOnly MadeDay = new(2026, 11, 20);

    private static readonly Dictionary<string, FleetScenario> All = new(StringComparer.Ordinal)
    {
        ["crypto"] = new FleetScenario(
            "the replaced caches claimed 70 to 90 % fewer calls; nothing was ever measured, and the scheduler never fetched",
            _ => [new CryptoDay(new DateTimeOffset(MadeDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))]),
        ["fleet"] = new FleetScenario(
            "the replaced system claimed less than 50 calls an hour, from 1,200, and 96 % hits; its prices were up to an hour old by then",
            _ => [new FleetDay(new DateTimeOffset(MadeDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))]),
        ["kite"] = new FleetScenario(
            "the replaced system claimed 420 to 436 calls a day (its deployment document), for a cache that was never hit",
            tapes => [.. (tapes.Count == 0 ? [KiteTapeDay.Made(MadeDay)] : KiteTapeDay.Recorded(tapes)).Select(day => new KiteDay(day))]),
    };

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The scenario of that name; null when there is none.</summary>
    public static FleetScenario? Find(string name) => All.GetValueOrDefault(name);
}
