namespace Headgate.Desk.Days;

/// <summary>Whom a fleet asks in a simulated day.</summary>
public enum FleetVariant
{
    /// <summary>An upstream without limits, asked at every ask.</summary>
    Ideal,

    /// <summary>The strict upstream itself, as the replaced systems asked it.</summary>
    Direct,

    /// <summary>Headgate.</summary>
    Gate,
}
