namespace Headgate.Strategies.MultiLeg;

/// <summary>A number the user of a declarative strategy may set.</summary>
public sealed class MultiLegParameter
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    public decimal Default { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }
}
