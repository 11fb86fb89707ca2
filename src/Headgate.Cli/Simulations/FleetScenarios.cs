using Headgate.Desk.Days;

namespace Headgate.Cli.Simulations;

/// <summary>Scenarios of fleets that decide by what they read.</summary>
internal static class FleetScenarios
{
    // A Friday after the shipped calendars' last change; nothing special about it.
    private static readonly DateOnly MadeDay = new(2026, 11, 20);

    private static readonly TimeSpan Toronto = TimeSpan.FromHours(-5);

    // In the middle of the day, the session and two cycles.
    private static readonly TimeSpan MidDay = new(12, 7, 30);

    private static readonly Dictionary<string, string> ResearchProfiles = new(StringComparer.Ordinal) { ["yahoo"] = "research" };

    private static readonly Dictionary<string, FleetScenario> All = new(StringComparer.Ordinal)
    {
        ["all"] = new FleetScenario(
            null,
            tapes => [.. Kite(tapes).Select(static kite => new TogetherDay("all", [new KiteDay(kite), Bots(kite.Day), Research(kite.Day), Crypto(kite.Day)]))])
        {
            Profiles = ResearchProfiles,
        },
        ["crypto"] = new FleetScenario(
            "the replaced caches claimed 70 to 90 % fewer calls; nothing was ever measured, and the scheduler never fetched",
            _ => [Crypto(MadeDay)]),
        ["fleet"] = new FleetScenario(
            "the replaced system claimed less than 50 calls an hour, from 1,200, and 96 % hits; its prices were up to an hour old by then",
            _ => [Bots(MadeDay)]),
        ["kite"] = new FleetScenario(
            "the replaced system claimed 420 to 436 calls a day (its deployment document), for a cache that was never hit",
            tapes => [.. Kite(tapes).Select(static day => new KiteDay(day))]),
        ["research"] = new FleetScenario(
            "the replaced system claimed 60 to 80 % hits and 40 % fewer calls; nothing in it measured either",
            _ => [Research(MadeDay)])
        {
            Profiles = ResearchProfiles,
            Kills = [MidDay],
        },
    };

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The scenario of that name; null when there is none.</summary>
    public static FleetScenario? Find(string name) => All.GetValueOrDefault(name);

    private static IReadOnlyList<KiteTapeDay> Kite(IReadOnlyList<string> tapes) => tapes.Count == 0 ? [KiteTapeDay.Made(MadeDay)] : KiteTapeDay.Recorded(tapes);

    private static FleetDay Bots(DateOnly day) => new(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    private static CryptoDay Crypto(DateOnly day) => new(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    private static ResearchDay Research(DateOnly day) => new(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Toronto));
}
