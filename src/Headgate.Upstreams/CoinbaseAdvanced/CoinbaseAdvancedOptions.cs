using Headgate.Upstreams.Providers;
using Headgate.Upstreams.Tapes;

namespace Headgate.Upstreams.CoinbaseAdvanced;

/// <summary>How a Coinbase Advanced Trade twin is set up.</summary>
/// <param name="Tape">Where prices come from; its symbols are the products.</param>
public sealed record CoinbaseAdvancedOptions(IMarketTape Tape)
{
    /// <summary>Keys whose signatures it verifies, an account each; default none.</summary>
    public IReadOnlyList<CoinbaseAdvancedKey> Signers { get; init; } = [];

    /// <summary>Subjects whose tokens are taken without a signature, an account each: for simulated days, where signatures would not replay. Default none.</summary>
    public IReadOnlyList<string> Unsigned { get; init; } = [];

    /// <summary>Dollars a new account holds; default 10,000.</summary>
    public decimal Dollars { get; init; } = 10_000;

    /// <summary>Holds no limit at all: what an ideal upstream would answer; default off.</summary>
    public bool Unlimited { get; init; }
}
