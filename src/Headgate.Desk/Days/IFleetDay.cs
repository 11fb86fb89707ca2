namespace Headgate.Desk.Days;

/// <summary>A day of a fleet that decides by what it reads: it runs three times, ideal, direct and gate, and its decisions are compared.</summary>
/// <remarks>Free of state: everything of a run is in its seat, its upstreams and its records.</remarks>
public interface IFleetDay
{
    /// <summary>What commands and reports call it.</summary>
    string Name { get; }

    /// <summary>The wall clock at the beginning.</summary>
    DateTimeOffset Start { get; }

    /// <summary>How long it lasts.</summary>
    TimeSpan Length { get; }

    /// <summary>What of its market is made up, for reports; empty when all is recorded.</summary>
    IReadOnlyList<string> Synthetic { get; }

    /// <summary>New upstreams for one run.</summary>
    /// <param name="seed">What is made up follows from it.</param>
    /// <param name="variant">The ideal run's have no limits.</param>
    IReadOnlyList<FleetUpstream> NewUpstreams(int seed, FleetVariant variant);

    /// <summary>Lives the day until it ends. Called again with the same records after a crash.</summary>
    Task RunAsync(FleetSeat seat, CancellationToken cancellation);
}
