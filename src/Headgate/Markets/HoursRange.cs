namespace Headgate.Markets;

/// <summary>Local hours of one part in minutes after midnight; a close above 1,440 is on the next day.</summary>
/// <param name="OpenMinute">0 to 1,439.</param>
/// <param name="CloseMinute">Above <paramref name="OpenMinute"/>, at most a day later.</param>
internal readonly record struct HoursRange(int OpenMinute, int CloseMinute);
