namespace Headgate.Desk.Fleet;

/// <summary>How far a bot trusts the shared snapshot, for a migration one bot at a time.</summary>
public enum BotMode
{
    /// <summary>Decides by the fleet's snapshot.</summary>
    On,

    /// <summary>Decides by its own asks; differences to the snapshot are reported.</summary>
    Shadow,

    /// <summary>Decides by its own asks alone.</summary>
    Bypass,
}
