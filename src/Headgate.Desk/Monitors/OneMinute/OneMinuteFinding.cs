using Headgate.Desk.Analytics;
using Headgate.Desk.Monitors.Series;

namespace Headgate.Desk.Monitors.OneMinute;

/// <summary>A stock that moved within a minute, on volume.</summary>
/// <param name="IsRise">Its direction.</param>
/// <param name="Then">The sample of a minute ago.</param>
/// <param name="ChangePercent">Signed.</param>
/// <param name="Volume">The minute's volume beside the mean of those before.</param>
/// <param name="IsHigh">It accelerates.</param>
public sealed record OneMinuteFinding(bool IsRise, PriceSample Then, decimal ChangePercent, VolumeReading Volume, bool IsHigh)
{
    /// <summary>Shared by both directions.</summary>
    public const string Cooldown = "1min";

    /// <summary>The alert's type.</summary>
    public string Type => IsRise ? "1min_rise" : "1min";

    /// <summary><c>HIGH</c> or <c>NORMAL</c>.</summary>
    public string Priority => IsHigh ? "HIGH" : "NORMAL";

    /// <summary>Layers one to three; a drop is tested first. Null when one of them rejects.</summary>
    public static OneMinuteFinding? Of(IReadOnlyList<PriceSample> samples, PriceSample now, OneMinuteOptions options)
    {
        if (now.Last < options.PriceMin || PriceWindow.OneMinute.Pick(samples, now.At) is not { } then)
        {
            return null;
        }

        var change = Change.Percent(now.Last, then.Last);
        if (Math.Abs(change) <= options.ChangePercent)
        {
            return null;
        }

        var volumes = PriceWindow.OneMinute.Volumes(samples, now, options.VolumeMaxHistory + 1);
        return VolumeReading.Of(volumes, options.VolumeMinHistory, options.VolumeMaxHistory) is { } volume && volume.Multiple > options.VolumeMultiple
            ? new OneMinuteFinding(change > 0, then, change, volume, Accelerates(samples, now, then, change, options))
            : null;
    }

    private static bool Accelerates(IReadOnlyList<PriceSample> samples, PriceSample now, PriceSample then, decimal change, OneMinuteOptions options)
    {
        if (PriceWindow.FiveMinutes.Pick(samples, now.At) is not { } before || before.At >= then.At)
        {
            return false;
        }

        var sign = Math.Sign(change);
        var earlier = Change.Percent(then.Last, before.Last) / 4 * sign;
        return change * sign > options.AccelerationMultiple * earlier;
    }
}
