namespace Headgate.Desk.Collectors.Factors;

/// <summary>What a research source tells of a symbol.</summary>
/// <param name="Facts">Members of the answer by name, their text as it came; nested ones as <c>sentiment.bullishPercent</c>.</param>
public sealed record Factor(IReadOnlyDictionary<string, string> Facts);
