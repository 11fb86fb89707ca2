namespace Headgate.Desk.Monitors.Options;

/// <summary>What the IV rank alone says of premiums.</summary>
/// <param name="Name"><c>SELL_STRONG</c>, <c>SELL_MODERATE</c>, <c>SELL_WEAK</c> or <c>AVOID</c>.</param>
/// <param name="Size">Share of a full position.</param>
/// <param name="Quality">In a word.</param>
public sealed record PremiumTier(string Name, decimal Size, string Quality)
{
    /// <summary>Nothing is to be sold.</summary>
    public bool IsVeto => Size == 0;

    public static PremiumTier Of(double ivRank, VetoSettings settings)
    {
        if (!settings.EnableTieredSignals)
        {
            return ivRank >= settings.BinaryRankMin ? Strong(settings) : Avoid;
        }

        return ivRank >= settings.StrongRank
            ? Strong(settings)
            : ivRank >= settings.ModerateRank
                ? new PremiumTier("SELL_MODERATE", settings.ModerateSize, "GOOD")
                : ivRank >= settings.WeakRank ? new PremiumTier("SELL_WEAK", settings.WeakSize, "BELOW AVERAGE") : Avoid;
    }

    private static PremiumTier Avoid => new("AVOID", 0, "CHEAP");

    private static PremiumTier Strong(VetoSettings settings) => new("SELL_STRONG", settings.StrongSize, "EXCELLENT");
}
