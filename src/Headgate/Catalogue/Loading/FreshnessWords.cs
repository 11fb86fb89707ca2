namespace Headgate.Catalogue;

/// <summary>Names of freshness kinds in definitions.</summary>
internal static class FreshnessWords
{
    public static FreshnessKind? Kind(string text) => text switch
    {
        "untilBarCloses" => FreshnessKind.UntilBarCloses,
        "untilSessionCloses" => FreshnessKind.UntilSessionCloses,
        "untilNextOpen" => FreshnessKind.UntilNextOpen,
        "immutable" => FreshnessKind.Immutable,
        "origin" => FreshnessKind.Origin,
        _ => null,
    };
}
