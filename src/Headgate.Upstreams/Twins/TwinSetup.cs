namespace Headgate.Upstreams;

/// <summary>What a twin of the registry is made with.</summary>
/// <param name="Seed">What its chance and its made-up market follow from.</param>
/// <param name="Start">The moment its market begins.</param>
public sealed record TwinSetup(int Seed, DateTimeOffset Start)
{
    /// <summary>Who may log in, as clients write it where the provider reads it (<c>token api_key:access_token</c>, <c>Bearer x</c>, a bare key); empty is the demo credential alone.</summary>
    public IReadOnlyList<string> Credentials { get; init; } = [];
}
