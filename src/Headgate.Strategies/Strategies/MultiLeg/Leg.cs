using Headgate.Strategies.Store;

namespace Headgate.Strategies.MultiLeg;

/// <summary>A leg with its parameters resolved.</summary>
/// <param name="Sign">+1 bought, −1 sold.</param>
internal sealed record Leg(
    string Name, OptionRight Right, int Sign, int Quantity, string Expiry, decimal? OtmPercent, decimal? PremiumPercent, int EntryOffset, int ExitOffset)
{
    public bool IsShifted => EntryOffset != 0 || ExitOffset != 0;

    public static Leg From(LegDefinition leg, Func<string?, decimal?> value) => new(
        leg.Name,
        leg.Instrument switch { "call" => OptionRight.Call, "put" => OptionRight.Put, _ => OptionRight.None },
        leg.Side == "buy" ? 1 : -1, leg.Quantity, leg.Expiry, value(leg.OtmPercent), value(leg.PremiumPercent), leg.EntryOffset, leg.ExitOffset);
}
