namespace Headgate.Architecture.Tests.Layers;

/// <summary>Files that may open a connection, each for a reason.</summary>
internal static class AllowedHolders
{
    public static IReadOnlyList<string> Files { get; } =
    [
        // The one way out: every call of the engine, charged before.
        "src/Headgate.Gateway/Upstream/HttpUpstreamTransport.cs",

        // The strategy commands ask the strategy API, of a running gate or of this process, and never an upstream.
        "src/Headgate.Strategies/Cli/PlatformConnection.cs",

        // The command line talks to the running gate, and its demo bots ask it, through this one class.
        "src/Headgate.Cli/Api/GateClient.cs",
    ];
}
