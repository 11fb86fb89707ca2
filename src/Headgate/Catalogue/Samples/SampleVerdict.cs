namespace Headgate.Catalogue;

/// <summary>How one sample is understood by a definition.</summary>
/// <param name="Sample">Its name.</param>
/// <param name="Target">The request without credentials.</param>
/// <param name="Endpoint">The endpoint that takes it; <c>passthrough</c> when none does.</param>
/// <param name="Items">Items the request names; empty where answers are kept whole.</param>
/// <param name="Found">Items cut from the answer.</param>
/// <param name="Missing">Asked items that the answer lacks.</param>
/// <param name="Outcome">What the answer means, as definitions write it; null without an answer.</param>
/// <param name="Why">Why the answer means that.</param>
/// <param name="Spends">Limits spent and permits, as <c>minute 2</c>.</param>
/// <param name="Kept">Is a good answer kept?</param>
/// <param name="Problem">Why the sample shows that the definition does not fit, or null.</param>
/// <param name="File">File to look at.</param>
public sealed record SampleVerdict(
    string Sample,
    string Target,
    string Endpoint,
    IReadOnlyList<string> Items,
    IReadOnlyList<string> Found,
    IReadOnlyList<string> Missing,
    string? Outcome,
    string? Why,
    IReadOnlyList<string> Spends,
    bool Kept,
    string? Problem,
    string File);
