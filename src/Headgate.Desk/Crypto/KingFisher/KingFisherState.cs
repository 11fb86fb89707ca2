namespace Headgate.Desk.Crypto.KingFisher;

/// <summary>Where the pipeline stands, for people: an image that is posted and shows up nowhere must not vanish silently.</summary>
/// <param name="LastImage">The last image seen.</param>
/// <param name="LastAnalysis">The last analysis made, or found to be made already.</param>
/// <param name="LastWrite">The last record Airtable took.</param>
/// <param name="LastError">The last thing that went wrong.</param>
public sealed record KingFisherState(KingFisherStep? LastImage, KingFisherStep? LastAnalysis, KingFisherStep? LastWrite, KingFisherStep? LastError)
{
    /// <summary>Images taken since the pipeline was set up.</summary>
    public long Images { get; init; }

    /// <summary>Analyses asked of the analyser; images known already cost none.</summary>
    public long Analyses { get; init; }

    /// <summary>Records written.</summary>
    public long Writes { get; init; }

    /// <summary>Images that came to nothing.</summary>
    public long Errors { get; init; }

    public static KingFisherState Empty { get; } = new(null, null, null, null);
}

/// <summary>One step of the pipeline.</summary>
/// <param name="At">When (wall clock).</param>
/// <param name="Symbol">Of which symbol.</param>
/// <param name="Type">Of which kind.</param>
/// <param name="Detail">For people; holds no credential.</param>
public sealed record KingFisherStep(DateTimeOffset At, string Symbol, string Type, string Detail);
