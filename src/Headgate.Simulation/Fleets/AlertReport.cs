using Headgate.Desk.Days;

namespace Headgate.Simulation;

/// <summary>Decisions of the three runs, compared one by one.</summary>
/// <param name="Ideal">Found in the ideal run.</param>
/// <param name="Direct">Found in the direct run.</param>
/// <param name="Gate">Found through the gate.</param>
/// <param name="Missing">Found in the ideal run and not through the gate: must be 0.</param>
/// <param name="Extra">Found through the gate and not in the ideal run: must be 0.</param>
/// <param name="DirectMissing">Found in the ideal run and not in the direct one.</param>
/// <param name="DirectExtra">Found in the direct run and not in the ideal one.</param>
/// <param name="MissingItems">The missing ones, by key.</param>
/// <param name="ExtraItems">The extra ones, by key.</param>
/// <param name="ByService">The gate's, by system.</param>
/// <param name="Lag">How much later than in the ideal run the gate's are found.</param>
public sealed record AlertReport(
    long Ideal,
    long Direct,
    long Gate,
    long Missing,
    long Extra,
    long DirectMissing,
    long DirectExtra,
    IReadOnlyList<string> MissingItems,
    IReadOnlyList<string> ExtraItems,
    IReadOnlyDictionary<string, long> ByService,
    AlertLag Lag)
{
    internal static AlertReport Of(IReadOnlyCollection<FleetAlert> ideal, IReadOnlyCollection<FleetAlert> direct, IReadOnlyCollection<FleetAlert> gate)
    {
        var known = ideal.ToDictionary(alert => alert.Key, StringComparer.Ordinal);
        var through = gate.ToDictionary(alert => alert.Key, StringComparer.Ordinal);
        var alone = direct.Select(alert => alert.Key).ToHashSet(StringComparer.Ordinal);
        List<string> missing = [.. known.Keys.Where(key => !through.ContainsKey(key)).Order(StringComparer.Ordinal)];
        List<string> extra = [.. through.Keys.Where(key => !known.ContainsKey(key)).Order(StringComparer.Ordinal)];
        return new AlertReport(
            known.Count,
            alone.Count,
            through.Count,
            missing.Count,
            extra.Count,
            known.Keys.Count(key => !alone.Contains(key)),
            alone.Count(key => !known.ContainsKey(key)),
            missing,
            extra,
            new SortedDictionary<string, long>(gate.GroupBy(alert => alert.Service, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (long)group.Count(), StringComparer.Ordinal), StringComparer.Ordinal),
            AlertLag.Of([.. through.Values.Where(alert => known.ContainsKey(alert.Key)).Select(alert => (alert.At - known[alert.Key].At).Ticks)]));
    }
}
