namespace Headgate.Desk.Collectors.Questrade;

/// <summary>What an answer tells of an account: its positions or its balances, the other being null.</summary>
/// <param name="Positions">Positions.</param>
/// <param name="Balances">Balances, one a currency.</param>
public sealed record AccountPart(IReadOnlyList<Position>? Positions, IReadOnlyList<Balance>? Balances);
