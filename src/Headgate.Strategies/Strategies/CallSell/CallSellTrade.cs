using Headgate.Strategies.Store;

namespace Headgate.Strategies.CallSell;

/// <summary>One executed trade; prices are closes.</summary>
internal sealed record CallSellTrade(
    SpotDay Entry, SpotDay Exit, DateOnly FutureExpiry, ContractDay FutureIn, ContractDay FutureOut, ContractDay CallIn, ContractDay CallOut);
