using Headgate.Cli.Serving;
using Headgate.Cli.Twins;
using Microsoft.AspNetCore.Routing;

namespace Headgate.Cli.Monitoring;

/// <summary>A system of the desk that lives on a gate of this process, beside the others: made by <see cref="LiveSystems"/>, started at most once.</summary>
internal interface ILiveSystem : IAsyncDisposable
{
    /// <summary>What a user calls it.</summary>
    string Name { get; }

    /// <summary>Parts that may be run alone, by the names a user calls them; none where it runs as a whole.</summary>
    IReadOnlyList<string> Parts => [];

    /// <summary>What is emulated in this process before the engine starts. Telegram is there in every demo and need not be named.</summary>
    /// <param name="market">The demo's market and clock, or null where the real upstreams are asked.</param>
    IReadOnlyList<EmulatedUpstream> Upstreams(Market? market);

    /// <summary>Puts it together; nothing of it runs yet.</summary>
    /// <param name="seat">What it finds.</param>
    /// <param name="parts">Which of <see cref="Parts"/>.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="CommandFailure">Something it needs is missing; the message names the remedy.</exception>
    /// <exception cref="FormatException">A setting cannot be used.</exception>
    Task StartAsync(LiveSeat seat, IReadOnlyList<string> parts, CancellationToken cancellation);

    /// <summary>Runs until cancelled and tells of what it did; ends without an exception then.</summary>
    Task RunAsync(CancellationToken cancellation);

    /// <summary>One round now.</summary>
    /// <returns>Whether all of it went well.</returns>
    Task<bool> RunOnceAsync(CancellationToken cancellation);

    /// <summary>Maps its part of the API; called where it was not started as well, to say so.</summary>
    void Map(IEndpointRouteBuilder routes);
}
