namespace Headgate.Simulation;

/// <summary>Ways to break the gate on purpose, to see that the soak notices (docs/simulation.md). All are decorators around its ports.</summary>
[Flags]
public enum Sabotage
{
    None = 0,

    /// <summary>A charge is acknowledged before it is durable.</summary>
    ChargesAfterSend = 1,

    /// <summary>A permit is released one window after the send instead of the first byte.</summary>
    ReleasesAtSend = 2,

    /// <summary>A call without an answer is given up early and its permit released one window later.</summary>
    NoHoldOnTimeout = 4,

    /// <summary>A refusal writes.</summary>
    RefusalWrites = 8,

    /// <summary>What sits below the engine sends a reset call again, as HTTP handlers do.</summary>
    ResendsBelow = 16,

    /// <summary>All credentials hash alike.</summary>
    MixesAccounts = 32,

    /// <summary>Windows are measured by the wall clock.</summary>
    TrustsTheWallClock = 64,

    /// <summary>A restart forgets who closed which limit.</summary>
    ForgetsClosures = 128,

    /// <summary>A restart forgets which permits are held.</summary>
    ForgetsHolds = 256,

    /// <summary>Stored entries lose their end.</summary>
    TearsEntries = 512,

    /// <summary>A body that ends early is taken for complete.</summary>
    AcceptsTruncation = 1024,

    /// <summary>What is watched is asked for as urgently as an order, whatever is left.</summary>
    SpendsTheReserve = 2048,
}
