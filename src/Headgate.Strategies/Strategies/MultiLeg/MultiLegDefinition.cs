namespace Headgate.Strategies.MultiLeg;

/// <summary>A strategy stated as data (YAML). See docs/strategies.md for an annotated example.</summary>
public sealed class MultiLegDefinition
{
    /// <summary>snake_case, unique.</summary>
    public string Name { get; set; } = "";

    public string Version { get; set; } = "1.0.0";

    public string Description { get; set; } = "";

    /// <summary>weekly (every option expiry) or monthly (futures expiries): which calendar's rows make the windows. Default weekly.</summary>
    public string Calendar { get; set; } = "weekly";

    /// <summary>0 expiry to expiry, 1 T-1, 2 T-2. Default 0.</summary>
    public int DaysBefore { get; set; }

    /// <summary>inside the base ranges, or outside of them. Default inside.</summary>
    public string Ranges { get; set; } = "inside";

    /// <summary>Whether a trade opened on a base range's first day uses the second monthly future. Default true.</summary>
    public bool BaseStartRule { get; set; } = true;

    /// <summary>spot: the parameters spot_adjustment_type and spot_adjustment close and re-open all legs; none: one trade per row. Default spot.</summary>
    public string ReEntry { get; set; } = "spot";

    /// <summary>Allowed symbols; the first is the default.</summary>
    public List<string> Symbols { get; set; } = ["NIFTY", "BANKNIFTY", "FINNIFTY"];

    /// <summary>Numbers that legs may refer to as $name.</summary>
    public List<MultiLegParameter> Parameters { get; set; } = [];

    /// <summary>One to eight legs.</summary>
    public List<LegDefinition> Legs { get; set; } = [];
}
