using Headgate.Upstream;

namespace Headgate.Catalogue;

/// <summary>Names of outcomes in definitions.</summary>
internal static class OutcomeWords
{
    private static readonly KeyValuePair<string, OutcomeKind>[] Known =
    [
        new("success", OutcomeKind.Success),
        new("notFound", OutcomeKind.NotFound),
        new("limited", OutcomeKind.Limited),
        new("unauthorized", OutcomeKind.Unauthorized),
        new("plan", OutcomeKind.Plan),
        new("transient", OutcomeKind.Transient),
        new("permanent", OutcomeKind.Permanent),
        new("malformed", OutcomeKind.Malformed),
    ];

    public static IEnumerable<string> All => Known.Select(pair => pair.Key);

    public static string Of(OutcomeKind kind) => Known.First(pair => pair.Value == kind).Key;

    public static OutcomeKind Kind(string word) => Known.FirstOrDefault(pair => string.Equals(pair.Key, word, StringComparison.Ordinal)).Value;
}
