using System.Globalization;

namespace Headgate.Catalogue;

/// <summary>Builds what a call spends.</summary>
internal static class CostBinder
{
    /// <param name="endpoint">The endpoint's definition.</param>
    /// <param name="key"><c>cost</c> or <c>credits</c>.</param>
    public static CostModel Bind(Fields endpoint, string key)
    {
        if (endpoint.Integer(key) is { } constant)
        {
            return new CostModel(constant, 0, []);
        }

        if (endpoint.Table(key, CatalogueKeys.Cost) is not { } fields)
        {
            return CostModel.One;
        }

        var steps = fields.Entries("steps")
            .Where(step => int.TryParse(step.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && long.TryParse(step.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(step => (ItemsMax: int.Parse(step.Key, CultureInfo.InvariantCulture), Permits: long.Parse(step.Value.Text, CultureInfo.InvariantCulture)))
            .OrderBy(step => step.ItemsMax)
            .ToList();
        return new CostModel(fields.Integer("permits") ?? 1, fields.Integer("perItem") ?? 0, steps);
    }
}
