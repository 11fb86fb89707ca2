namespace Headgate.Desk.Collectors.Readings;

/// <summary>The value of what no upstream of the catalogue has: there never is one.</summary>
public sealed record Nothing;
