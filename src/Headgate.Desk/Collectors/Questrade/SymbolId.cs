namespace Headgate.Desk.Collectors.Questrade;

/// <summary>Questrade's number of a symbol.</summary>
/// <param name="Id">The number.</param>
internal sealed record SymbolId(long Id);
