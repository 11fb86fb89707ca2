namespace Headgate.Desk.Collectors;

/// <summary>An interval that a budget could not carry.</summary>
/// <param name="Name">What is read.</param>
/// <param name="Wanted">The interval wanted.</param>
/// <param name="Interval">The interval it gets, in whole cycles.</param>
/// <param name="StretchPercent">By how much the budget stretched it; 100 is not at all.</param>
/// <param name="Limit">The limit that could not carry it.</param>
public sealed record StretchedRead(string Name, TimeSpan Wanted, TimeSpan Interval, int StretchPercent, string Limit);
