namespace Headgate.Desk.Collectors.Questrade;

/// <summary>What an account holds of a symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="AveragePrice">What they cost on average; null where not told.</param>
/// <param name="CurrentPrice">What one is worth; null where not told.</param>
public sealed record Position(string Symbol, decimal Quantity, decimal? AveragePrice, decimal? CurrentPrice);
