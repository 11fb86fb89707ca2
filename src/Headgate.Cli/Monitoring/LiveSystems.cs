using Microsoft.AspNetCore.Routing;

namespace Headgate.Cli.Monitoring;

/// <summary>The systems of the desk, by name.</summary>
internal static class LiveSystems
{
    private static readonly Func<ILiveSystem>[] Makers =
    [
        static () => new LiveKite(),
        static () => new LiveFleet(),
        static () => new LiveCollector(),
        static () => new LiveCrypto(),
    ];

    /// <summary>Names in the order of their registration.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. New().Select(static system => system.Name)];

    /// <summary>Names of systems, and of what of them may be run alone.</summary>
    public static IReadOnlyList<string> NamesAndParts { get; } = [.. New().SelectMany(static system => (string[])[system.Name, .. system.Parts])];

    /// <summary>One of each, not started.</summary>
    public static IReadOnlyList<ILiveSystem> New() => [.. Makers.Select(static make => make())];

    /// <summary>New systems for what a user named: a system's name is all of it.</summary>
    /// <param name="names">Of <see cref="NamesAndParts"/>.</param>
    public static IReadOnlyList<LiveChoice> Choose(IReadOnlyCollection<string> names) =>
        [.. New().Select(system => Choice(system, names)).OfType<LiveChoice>()];

    /// <summary>Maps the API of all: of those that run here, and of the others to say that they do not.</summary>
    public static void Map(IEndpointRouteBuilder routes, IReadOnlyList<LiveChoice> running)
    {
        foreach (var system in New())
        {
            (running.FirstOrDefault(choice => string.Equals(choice.System.Name, system.Name, StringComparison.Ordinal))?.System ?? system).Map(routes);
        }
    }

    private static LiveChoice? Choice(ILiveSystem system, IReadOnlyCollection<string> names)
    {
        if (names.Contains(system.Name, StringComparer.Ordinal))
        {
            return new LiveChoice(system, system.Parts);
        }

        IReadOnlyList<string> parts = [.. names.Intersect(system.Parts, StringComparer.Ordinal)];
        return parts.Count == 0 ? null : new LiveChoice(system, parts);
    }
}
