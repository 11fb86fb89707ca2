namespace Headgate.Catalogue;

/// <summary>Builds the freshness of an endpoint.</summary>
internal static class FreshnessBinder
{
    /// <summary>Nothing is kept: what an endpoint has that states no freshness.</summary>
    public static FreshnessModel None { get; } = new() { Kind = FreshnessKind.Fixed, Ttl = TimeSpan.Zero, Stale = TimeSpan.Zero };

    // Where no bar or session can be told, a second is honest for live data and still merges simultaneous asks.
    private static readonly TimeSpan FallbackDefault = TimeSpan.FromSeconds(1);

    /// <param name="owner">The provider or endpoint that states it.</param>
    /// <param name="hasRange">Only candle ranges have a past.</param>
    /// <param name="errors">Takes what does not fit together.</param>
    public static FreshnessModel? Bind(Fields owner, bool hasRange, ErrorList errors)
    {
        if (owner.Find("freshness") is not { } node)
        {
            return null;
        }

        if (node.Kind == NodeKind.Scalar)
        {
            return Of(node.Text, null, TimeSpan.Zero);
        }

        var fields = new Fields(node, CatalogueKeys.FreshnessTable, owner.PathOf("freshness"));
        if (fields.Find("past") is not null && !hasRange)
        {
            errors.Add(fields.At("past"), $"{fields.PathOf("past")} needs a range beside it");
        }

        return Of(fields.Text("ttl") ?? "0", fields.Duration("fallback"), fields.Duration("stale") ?? TimeSpan.Zero) with
        {
            PastIsFinal = fields.Find("past") is not null,
            Bar = fields.Duration("bar"),
            Closed = fields.Text("closed") is { } closed ? FreshnessWords.Kind(closed) : null,
            Revalidate = fields.Duration("revalidate") ?? TimeSpan.Zero,
            Negative = fields.Duration("negative") ?? TimeSpan.Zero,
        };
    }

    private static FreshnessModel Of(string ttl, TimeSpan? fallback, TimeSpan stale)
    {
        var kind = FreshnessWords.Kind(ttl);
        return new FreshnessModel
        {
            Kind = kind ?? FreshnessKind.Fixed,
            Ttl = kind is null && Quantities.TryDuration(ttl, out var fixedTtl) ? fixedTtl : fallback ?? FallbackDefault,
            Stale = stale,
        };
    }
}
