using Headgate.Caching;

namespace Headgate.History;

/// <summary>What a series holds for one demand at one moment.</summary>
/// <param name="Missing">Seconds that must be asked for; empty when the demand can be answered, stale or fresh.</param>
/// <param name="Verdict">Of the open part where it completes the answer, else fresh; unusable while seconds are missing that nothing held can stand in for.</param>
/// <param name="Answer">The whole answer, when nothing is missing that the open part does not bring.</param>
internal readonly record struct SeriesView(IReadOnlyList<InstantRange> Missing, Verdict Verdict, Entry? Answer)
{
    public static SeriesView Nothing(InstantRange asked) => new([asked], Verdict.Unusable, null);
}
