namespace Headgate.Strategies.Store;

/// <summary>A range of calendar days in which strategies may trade; both ends belong to it.</summary>
public readonly record struct DateRange(DateOnly Start, DateOnly End)
{
    public bool Contains(DateOnly day) => day >= Start && day <= End;
}
