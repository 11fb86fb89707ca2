namespace Headgate.Upstreams.Cryptometer;

/// <summary>What an emulated Cryptometer knows and how strict it is.</summary>
public sealed record CryptometerOptions
{
    /// <summary>Keys it takes. Default <c>demo</c>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ["demo"];

    /// <summary>Its market follows from it. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Pairs of an exchange, 50 or more. Default 1,450, as recorded.</summary>
    public int Pairs { get; init; } = 1_450;

    /// <summary>Without any limit, for ideal runs. Default false.</summary>
    public bool Unlimited { get; init; }
}
