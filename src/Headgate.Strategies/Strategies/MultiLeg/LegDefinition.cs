namespace Headgate.Strategies.MultiLeg;

/// <summary>One leg of a declarative strategy.</summary>
public sealed class LegDefinition
{
    /// <summary>Prefix of the leg's columns; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>call, put or future.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>buy or sell.</summary>
    public string Side { get; set; } = "";

    /// <summary>Units per unit of the strategy, 1 to 100. Default 1.</summary>
    public int Quantity { get; set; } = 1;

    /// <summary>current, next or monthly option expiry; futures are always monthly. Default current.</summary>
    public string Expiry { get; set; } = "current";

    /// <summary>Options only: how far out of the money in percent of spot (calls above, puts below; negative is in the money): a number or $parameter.</summary>
    public string? OtmPercent { get; set; }

    /// <summary>Options only, instead of otm_percent: the strike whose close comes nearest to this percentage of spot.</summary>
    public string? PremiumPercent { get; set; }

    /// <summary>Trading days after the interval's start at which the leg opens, 0 to 30. Default 0.</summary>
    public int EntryOffset { get; set; }

    /// <summary>Trading days before the interval's end at which the leg closes, 0 to 30. Default 0.</summary>
    public int ExitOffset { get; set; }
}
